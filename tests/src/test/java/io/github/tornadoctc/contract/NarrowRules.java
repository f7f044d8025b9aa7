package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcHypotheses;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcRescorer;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.Scores;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Scores of 16 bits are computed as the float32 ones that they are, and a gradient of 16 bits is rounded once. */
interface NarrowRules extends BackendUnderTest {

    private void check(BatchDraft draft, ScoreType type, CtcOptions options) {
        CtcBatch batch = draft.build(type);
        CtcBatch wide = batch.inFloat32();
        CtcResult expected = computeAndCheck(wide, options);
        CtcResult result = CtcResult.allocate(batch, options, ScoreType.FLOAT32);
        result.gradient().fill((byte) 7);
        backend().compute(batch, options, result);
        Bits.assertSame(result, expected);
        CtcResult rounded = CtcResult.allocate(batch, options);
        assertThat(rounded.gradientType()).isEqualTo(type);
        rounded.gradient().fill((byte) 7);
        backend().compute(batch, options, rounded);
        assertThat(rounded.losses()).isEqualTo(expected.losses());
        for (int t = 0; t < batch.timeSteps(); t++) {
            for (int b = 0; b < batch.batchSize(); b++) {
                for (int v = 0; v < batch.symbols(); v++) {
                    assertThat(rounded.gradient(batch, t, b, v))
                            .as("gradient %d, %d, %d", t, b, v)
                            .isEqualTo(rounded(expected.gradient(wide, t, b, v), type));
                }
            }
        }
        CtcOptions losses = options.withGradient(false);
        assertThat(compute(batch, losses).losses())
                .isEqualTo(compute(wide, losses).losses());
    }

    private static float rounded(float value, ScoreType type) {
        MemorySegment one = MemorySegment.ofArray(new short[1]);
        type.set(one, 0, value);
        // −0 and 0 are one number
        return type.get(one, 0) + 0f;
    }

    @ParameterizedTest
    @CsvSource({"FLOAT16, TIME_MAJOR", "FLOAT16, BATCH_MAJOR", "BFLOAT16, TIME_MAJOR", "BFLOAT16, BATCH_MAJOR"})
    default void narrowScoresAreComputedAsWideOnes(ScoreType type, Layout layout) {
        for (Scores scores : Scores.values()) {
            check(
                    BatchDraft.random(601, 30, 5, 7, 6).ragged().layout(layout),
                    type,
                    LOGITS.withScores(scores).withReduction(Reduction.MEAN));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    default void narrowScoresOfALargeVocabularyOfLongAndOfPeakedUtterances(ScoreType type) {
        check(BatchDraft.random(602, 20, 3, 300, 5).ragged(), type, LOGITS);
        check(BatchDraft.random(603, size(500, 60), 2, 12, size(70, 20)).ragged(), type, LOGITS);
        check(BatchDraft.random(604, 40, 2, 9, 12).scaled(20).ragged(), type, LOGITS);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    default void narrowScoresMaskAndAreNotFiniteAsWideOnes(ScoreType type) {
        BatchDraft draft = BatchDraft.random(605, 8, 5, 6, 3)
                .score(2, 0, 4, Float.NEGATIVE_INFINITY)
                .score(3, 1, 2, Float.NaN)
                .score(3, 2, 2, Float.POSITIVE_INFINITY)
                .frame(1, 3, Float.NEGATIVE_INFINITY)
                .target(4, 1, 1, 1, 1, 1);
        check(draft, type, LOGITS);
        check(draft, type, LOG_PROBS.withZeroInfinity(true));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    default void operationsTakeNarrowScores(ScoreType type) {
        CtcBatch batch = BatchDraft.random(606, 20, 3, 6, 5).ragged().build(type);
        CtcBatch wide = batch.inFloat32();
        CtcAligner aligner = backend().operation(CtcAligner.class).orElseThrow();
        List<CtcAlignment> alignments = aligner.align(batch, AlignmentOptions.defaults());
        List<CtcAlignment> expected = aligner.align(wide, AlignmentOptions.defaults());
        CtcPosteriors posteriors = backend().operation(CtcPosteriors.class).orElseThrow();
        List<CtcOccupation> occupations = posteriors.posteriors(batch, Scores.LOGITS);
        List<CtcOccupation> expectedOccupations = posteriors.posteriors(wide, Scores.LOGITS);
        for (int b = 0; b < batch.batchSize(); b++) {
            assertThat(alignments.get(b).states()).isEqualTo(expected.get(b).states());
            assertThat(alignments.get(b).score()).isEqualTo(expected.get(b).score());
            assertThat(occupations.get(b).gamma(3, 2))
                    .isEqualTo(expectedOccupations.get(b).gamma(3, 2));
        }
        CtcRescorer rescorer = backend().operation(CtcRescorer.class).orElseThrow();
        int[][][] targets = {{{1, 2}, {3}}, {{4}}, {{1, 1}}};
        assertThat(rescorer.losses(CtcHypotheses.of(batch, targets), Scores.LOGITS))
                .isDeepEqualTo(rescorer.losses(CtcHypotheses.of(wide, targets), Scores.LOGITS));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT16, FLOAT16", "FLOAT16, FLOAT32", "BFLOAT16, BFLOAT16", "BFLOAT16, FLOAT32"})
    default void lentMemoryGivesNarrowScoresTheSameBits(ScoreType type, ScoreType gradientType) {
        CtcBatch elsewhere = BatchDraft.random(608, 20, 3, 6, 5).ragged().build(type);
        CtcResult expected = CtcResult.allocate(elsewhere, LOGITS, gradientType);
        backend().compute(elsewhere, LOGITS, expected);
        long count = elsewhere.scores().byteSize() / type.bytes();
        MemorySegment scores = backend().allocate(count, Arena.ofAuto());
        MemorySegment gradient = backend().allocate(count, Arena.ofAuto());
        for (int call = 0; call < 2; call++) {
            // what is wide first leaves something behind
            CtcBatch wide = CtcBatch.builder(20, 3, 6)
                    .scores(scores.fill((byte) 0x3c))
                    .targets(new int[3][1])
                    .blank(1)
                    .build();
            backend().compute(wide, LOGITS, CtcResult.withGradientIn(gradient, wide));
            MemorySegment narrow = scores.asSlice(0, count * type.bytes()).copyFrom(elsewhere.scores());
            int[][] targets = new int[3][];
            int[] lengths = new int[3];
            Arrays.setAll(targets, elsewhere::target);
            Arrays.setAll(lengths, elsewhere::inputLength);
            CtcBatch batch = CtcBatch.builder(20, 3, 6)
                    .scores(narrow, type)
                    .inputLengths(lengths)
                    .targets(targets)
                    .build();
            CtcResult result = CtcResult.withGradientIn(gradient.asSlice(0, count * gradientType.bytes()), batch);
            backend().compute(batch, LOGITS, result);
            Bits.assertSame(result, expected);
        }
    }

    /** Memory for half as many float32 is as many bytes as the scores take. */
    @ParameterizedTest
    @CsvSource({"FLOAT16, FLOAT16", "FLOAT16, FLOAT32", "BFLOAT16, BFLOAT16", "BFLOAT16, FLOAT32"})
    default void lentMemoryOfNoMoreThanTheirBytesTakesNarrowScores(ScoreType type, ScoreType gradientType) {
        BatchDraft draft = BatchDraft.random(609, 20, 3, 6, 5);
        CtcBatch elsewhere = draft.build(type);
        CtcResult expected = CtcResult.allocate(elsewhere, LOGITS, gradientType);
        backend().compute(elsewhere, LOGITS, expected);
        long count = elsewhere.scores().byteSize() / type.bytes();
        int[][] targets = new int[elsewhere.batchSize()][];
        Arrays.setAll(targets, elsewhere::target);
        MemorySegment scores = backend().allocate(count * type.bytes() / Float.BYTES, Arena.ofAuto());
        MemorySegment gradient = backend().allocate(count * gradientType.bytes() / Float.BYTES, Arena.ofAuto());
        CtcBatch batch = draft.builder()
                .scores(scores.copyFrom(elsewhere.scores()), type)
                .targets(targets)
                .build();
        CtcResult result = CtcResult.withGradientIn(gradient, batch);
        backend().compute(batch, LOGITS, result);
        Bits.assertSame(result, expected);
        CtcOptions losses = LOGITS.withGradient(false);
        assertThat(compute(batch, losses).losses()).isEqualTo(expected.losses());
    }

    @Test
    default void aGradientOfAnotherTypeIsRefused() {
        CtcBatch batch = BatchDraft.random(607, 4, 2, 3, 1).build(ScoreType.FLOAT16);
        CtcBatch other = BatchDraft.random(607, 4, 2, 3, 1).build(ScoreType.BFLOAT16);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcResult.allocate(batch, LOGITS, ScoreType.BFLOAT16))
                .withMessage("gradientType = BFLOAT16 is neither FLOAT32 nor that of the scores, FLOAT16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backend().compute(batch, LOGITS, CtcResult.allocate(other, LOGITS)))
                .withMessage("result has a gradient of BFLOAT16, but the scores are FLOAT16");
    }
}
