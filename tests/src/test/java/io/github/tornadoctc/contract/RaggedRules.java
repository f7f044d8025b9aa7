package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames past an utterance's input length do not exist, whatever is in their memory. */
interface RaggedRules extends BackendUnderTest {

    private static BatchDraft draft() {
        return BatchDraft.random(21, 10, 5, 4, 3).ragged().inputLength(4, 0);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE})
    default void framesPastTheInputLengthAreNeverRead(float garbage) {
        for (Scores scores : Scores.values()) {
            for (Layout layout : Layout.values()) {
                CtcOptions options = LOGITS.withScores(scores);
                CtcResult expected = compute(draft().padding(0).layout(layout).build(), options);
                CtcResult actual =
                        computeAndCheck(draft().padding(garbage).layout(layout).build(), options);
                Bits.assertSame(actual, expected);
            }
        }
    }

    @Test
    default void lengthsOfTheirOwnAreLikeBatchesOfTheirOwn() {
        BatchDraft draft = draft();
        CtcBatch batch = draft.build();
        CtcResult result = computeAndCheck(batch);
        for (int b = 0; b < batch.batchSize(); b++) {
            CtcBatch alone = draft.alone(b).build();
            assertThat(Bits.ofUtterance(batch, b, result)).isEqualTo(Bits.ofUtterance(alone, 0, compute(alone)));
        }
    }

    @Test
    default void anEmptyTargetCostsTheBlankInEveryFrame() {
        CtcBatch batch = draft().target(1).build();
        double loss = 0;
        for (int t = 0; t < batch.inputLength(1); t++) {
            double sum = 0;
            for (int v = 0; v < batch.symbols(); v++) {
                sum += Math.exp(batch.score(t, 1, v));
            }
            loss -= batch.score(t, 1, batch.blank()) - Math.log(sum);
        }
        assertLoss(computeAndCheck(batch).loss(1), loss, Math.max(lossTolerance(), 1e-12));
    }

    @ParameterizedTest
    @EnumSource
    default void anEmptyTargetInZeroFramesCostsNothing(Scores scores) {
        CtcBatch batch = draft().target(4).build();
        CtcResult result = computeAndCheck(batch, LOGITS.withScores(scores));
        assertThat(result.status(4)).isEqualTo(CtcStatus.OK);
        assertThat(result.loss(4)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    default void aTargetInZeroFramesIsInfeasible(Scores scores) {
        CtcBatch batch = draft().target(4, 1).build();
        CtcResult result = computeAndCheck(batch, LOGITS.withScores(scores));
        assertThat(result.status(4)).isEqualTo(CtcStatus.INFEASIBLE);
        assertThat(result.loss(4)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
