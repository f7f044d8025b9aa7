package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.reference.BruteForceCtc;
import io.github.tornadoctc.reference.ForwardBackward;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Losses and gradients near the truth, where float32 is known to drift or to lose what counts. Where a backend is slow,
 * batches are smaller and long utterances shorter: {@code size(full, whereSlow)}.
 */
interface AccuracyRules extends BackendUnderTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    default void randomBatches(long seed) {
        CtcBatch batch = new CtcShape("", size(60, 30), size(6, 3), 12, size(20, 10)).randomBatch(seed);
        computeAndCheck(batch);
        computeAndCheck(batch, LOG_PROBS.withReduction(Reduction.MEAN));
    }

    @ParameterizedTest
    @EnumSource
    default void tinyBatchesAgreeWithEnumeration(Scores scores) {
        CtcOptions options = LOGITS.withScores(scores);
        CtcBatch batch = BatchDraft.random(111, 5, 7, 3, 0)
                .target(1, 1)
                .target(2, 2)
                .target(3, 1, 1)
                .target(4, 1, 2)
                .target(5, 2, 1)
                .target(6, 2, 2)
                .build();
        CtcResult result = compute(batch, options);
        for (int b = 0; b < batch.batchSize(); b++) {
            double loss = BruteForceCtc.loss(batch, b, options);
            double[][] gradient = BruteForceCtc.gradient(batch, b, options);
            assertLoss(result.loss(b), loss, lossTolerance());
            for (int t = 0; t < batch.timeSteps(); t++) {
                for (int v = 0; v < batch.symbols(); v++) {
                    assertThat((double) result.gradient(batch, t, b, v))
                            .isCloseTo(gradient[t][v], within(gradientTolerance()));
                }
            }
        }
    }

    /** Emissions below the smallest float32, 1.4e−45 or e^−103. */
    @ParameterizedTest
    @ValueSource(floats = {8, 50})
    default void peakedLogits(float scale) {
        CtcBatch batch =
                BatchDraft.random(112, 30, 3, 8, 10).ragged().scaled(scale).build();
        computeAndCheck(batch);
        computeAndCheck(batch, LOG_PROBS);
    }

    /** Differences of thousands, where float32 rounds by more than the gradient's tolerance. */
    @Test
    default void hugeLogitsKeepTheirLossAndABoundedGradient() {
        CtcBatch batch =
                BatchDraft.random(112, 30, 3, 8, 10).ragged().scaled(1000).build();
        computeAndCheck(batch, LOGITS.withGradient(false));
        for (float element : compute(batch).gradient().toArray(ValueLayout.JAVA_FLOAT)) {
            assertThat(Math.abs(element)).isLessThanOrEqualTo(1 + 1e-6f);
        }
    }

    /** As a trained network gives them: nearly sure of one path, the labels short and the blank long. */
    @ParameterizedTest
    @ValueSource(floats = {5, 15, 60})
    default void confidentLogits(float confidence) {
        BatchDraft draft = BatchDraft.random(113, 50, 2, 10, 12);
        for (int b = 0; b < 2; b++) {
            int[] target = draft.targetOf(b);
            for (int t = 0; t < 50; t++) {
                boolean spike = t % 4 == 2 && t / 4 < target.length;
                draft.score(t, b, spike ? target[t / 4] : 0, confidence);
            }
        }
        assertThat(computeAndCheck(draft.build()).statuses()).containsOnly(CtcStatus.OK);
    }

    /** What is rounded in a row is rounded the same in every row that is equal to it, and must not add up. */
    @ParameterizedTest
    @ValueSource(floats = {0.7f, 2.2f, 4.6f, 9.2f, 17})
    default void equalRowsKeepTheirLossToTenMillionthsOfANat(float margin) {
        BatchDraft draft = BatchDraft.random(119, size(1000, 60), 1, 2, 0);
        assertLossIsWithinTenMillionths(
                draft.column(0, 0, margin).column(0, 1, 0).build(), LOGITS);
        assertLossIsWithinTenMillionths(
                draft.column(0, 0, -1 / margin).column(0, 1, -margin).build(), LOG_PROBS);
    }

    private void assertLossIsWithinTenMillionths(CtcBatch batch, CtcOptions options) {
        double expected = new ForwardBackward(batch, 0, options).loss();
        double actual = compute(batch, options.withGradient(false)).loss(0);
        assertThat(actual).isCloseTo(expected, within(1e-7 * Math.max(1, Math.abs(expected))));
    }

    /** Each label for three frames and a blank for one, all nearly certain: the loss is what the rest adds up to. */
    @ParameterizedTest
    @ValueSource(floats = {6, 9, 12, 15})
    default void confidentRowsDoNotDrift(float margin) {
        int labels = size(100, 12);
        BatchDraft draft = BatchDraft.random(120, 4 * labels, 1, 33, labels);
        int[] target = draft.targetOf(0);
        for (int t = 0; t < 4 * labels; t++) {
            draft.score(t, 0, t % 4 == 3 ? 0 : target[t / 4], margin + t % 7 / 3f);
        }
        assertLossIsWithinTenMillionths(draft.build(), LOGITS);
    }

    /** Sure of most frames and not of some, so that the loss is a few tenths of a nat, or a few nats. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    default void whatATrainedNetworkGivesKeepsItsLossToTenMillionthsOfANat(int seed) {
        int labels = size(60, 12);
        int frames = 5 * labels + seed;
        BatchDraft draft = BatchDraft.random(130 + seed, frames, 1, 8, labels);
        int[] target = draft.targetOf(0);
        for (int t = 0; t < frames; t++) {
            boolean unsure = t % 29 == seed;
            draft.score(t, 0, t % 5 < 3 && t / 5 < labels ? target[t / 5] : 0, unsure ? 4 : 10 + seed + t % 3);
        }
        assertLossIsWithinTenMillionths(draft.build(), LOGITS);
        assertLossIsWithinTenMillionths(draft.build(), LOG_PROBS);
    }

    /** Scores that are exact wherever they are, so that only what is made of them can depend on it. */
    @ParameterizedTest
    @ValueSource(floats = {8192, 50_000, 1 << 20, -(1 << 20)})
    default void aCommonOffsetOfLogitsChangesNothing(float offset) {
        BatchDraft draft = BatchDraft.random(121, 20, 2, 6, 5);
        CtcBatch near = onAGrid(draft, 0);
        CtcBatch far = onAGrid(draft, offset);
        CtcResult expected = computeAndCheck(near);
        CtcResult actual = computeAndCheck(far);
        for (int b = 0; b < 2; b++) {
            assertThat(actual.loss(b)).isCloseTo(expected.loss(b), within(1e-7 * expected.loss(b)));
        }
    }

    /** The draft's batch with its scores rounded to eighths and moved. */
    private static CtcBatch onAGrid(BatchDraft draft, float offset) {
        CtcBatch batch = draft.build();
        float[] scores = batch.scores().toArray(ValueLayout.JAVA_FLOAT);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.round(8 * scores[i]) / 8f + offset;
        }
        return CtcBatch.builder(batch.timeSteps(), batch.batchSize(), batch.symbols())
                .scores(scores)
                .targets(batch.target(0), batch.target(1))
                .build();
    }

    /** Thousands of symbols that together are e^−6 as likely as the blank; a loss is what they add up to. */
    @Test
    default void manyUnlikelySymbolsCountBesideOneThatIsNearlyCertain() {
        BatchDraft draft = BatchDraft.random(118, size(50, 10), 1, size(6627, 2003), 0);
        computeAndCheck(draft.column(0, 0, 15).build());
    }

    /**
     * The blank is e^20 times as likely as any label, so that states with few labels carry nearly all of α; but there
     * are hardly more frames than labels, and what ends well lies hundreds of nats below.
     */
    @ParameterizedTest
    @EnumSource
    default void statesFarBelowTheBestMayBeTheOnlyOnesThatArrive(Scores scores) {
        int labels = size(100, 40);
        BatchDraft draft = BatchDraft.random(114, labels + labels / 10, 1, 6, labels);
        CtcBatch batch = draft.column(0, 0, 20).build();
        CtcResult result = computeAndCheck(batch, LOGITS.withScores(scores));
        assertThat(result.status(0)).isEqualTo(CtcStatus.OK);
    }

    /** The targets' labels are all but impossible in the first half, the blank in the second. */
    @Test
    default void likelihoodMayMoveFromOneEndOfTheTargetToTheOther() {
        int labels = size(60, 30);
        BatchDraft draft = BatchDraft.random(115, 4 * labels, 1, 3, labels);
        for (int t = 0; t < 4 * labels; t++) {
            draft.score(t, 0, 0, t < 2 * labels ? 30 : -30);
        }
        computeAndCheck(draft.build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "E"})
    default void benchmarkShapes(String name) {
        CtcShape shape = BenchmarkShapes.named(name);
        int slowness = size(1, 8);
        CtcBatch batch = new CtcShape(
                        name,
                        shape.timeSteps() / slowness,
                        size(4, 1),
                        shape.symbols(),
                        shape.maxTargetLength() / slowness)
                .randomBatch(20060625);
        computeAndCheck(batch);
    }
}
