package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CtcResultTest {
    private static final CtcOptions OPTIONS = CtcOptions.defaults();
    /** T=1, B=2, V=3, targets of 1 and 2 labels. */
    private static final CtcBatch BATCH = batch(2, new int[] {1}, new int[] {1, 2});

    private static CtcBatch batch(int batchSize, int[]... targets) {
        return CtcBatch.builder(1, batchSize, 3)
                .scores(new float[batchSize * 3])
                .targets(targets)
                .build();
    }

    @Test
    void aNewResultHasAGradientOnlyIfTheOptionsAskForOne() {
        assertThat(CtcResult.allocate(BATCH, OPTIONS).hasGradient()).isTrue();
        CtcResult without = CtcResult.allocate(BATCH, OPTIONS.withGradient(false));
        assertThat(without.hasGradient()).isFalse();
        assertThatThrownBy(without::gradient)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("the options asked for no gradient");
    }

    @Test
    void theGradientIsIndexedLikeTheScores() {
        CtcResult result = CtcResult.allocate(BATCH, OPTIONS);
        result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, BATCH.rowOffset(0, 1) + 2, 7);
        assertThat(result.gradient(BATCH, 0, 1, 2)).isEqualTo(7);
        assertThat(result.gradient().byteSize()).isEqualTo(BATCH.scores().byteSize());
    }

    @Test
    void memoryOfOneThreadIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> CtcResult.withGradientIn(arena.allocate(24, 4), BATCH))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("gradient is in a confined arena");
        }
    }

    @Test
    void theGradientMayBeTheCallersMemory() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, 6);
            assertThat(CtcResult.withGradientIn(memory, BATCH).gradient().address())
                    .isEqualTo(memory.address());
        }
    }

    @Test
    void memoryThatCannotHoldTheGradientIsRefused() {
        assertThatThrownBy(() -> CtcResult.withGradientIn(MemorySegment.ofArray(new float[6]), BATCH))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("gradient has 24 bytes on the heap, but the scores have 24");
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> CtcResult.withGradientIn(arena.allocate(20, 4), BATCH))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("gradient has 20 bytes, but the scores have 24");
        }
    }

    @Test
    void memoryForTheGradientMustBeAlignedToFloats() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment odd = arena.allocate(64, 8).asSlice(3, 24);
            assertThatThrownBy(() -> CtcResult.withGradientIn(odd, BATCH))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("gradient is at address 0x%x, which is not a multiple of 4".formatted(odd.address()));
        }
    }

    @Test
    void aResultOfAnotherBatchSizeDoesNotFit() {
        CtcResult result = CtcResult.allocate(batch(1, new int[] {1}), OPTIONS);
        assertThatThrownBy(() -> result.checkFits(BATCH, OPTIONS))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("result is of a batch of 1, not of 2");
    }

    @Test
    void aResultWithoutRoomForTheGradientFitsOnlyLosses() {
        CtcOptions lossesOnly = OPTIONS.withGradient(false);
        CtcResult result = CtcResult.allocate(BATCH, lossesOnly);
        result.checkFits(BATCH, lossesOnly);
        assertThatThrownBy(() -> result.checkFits(BATCH, OPTIONS))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("result has 0 bytes for the gradient, but the scores have 24");
    }

    @Test
    void aRoundingErrorBelowZeroIsCutOffForLogitsOnly() {
        assertThat(recorded(CtcStatus.OK, -1e-16, OPTIONS)).isZero();
        assertThat(recorded(CtcStatus.OK, -2, OPTIONS.withScores(Scores.LOG_PROBS)))
                .isEqualTo(-2);
    }

    @ParameterizedTest
    @EnumSource
    void lossZeroIsNotNegative(Scores scores) {
        double loss = recorded(CtcStatus.OK, -0.0, OPTIONS.withScores(scores));
        assertThat(Double.doubleToRawLongBits(loss)).isZero();
    }

    @Test
    void anInfeasibleUtteranceCostsInfinityOrZero() {
        assertThat(recorded(CtcStatus.INFEASIBLE, 3, OPTIONS)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(recorded(CtcStatus.INFEASIBLE, 3, OPTIONS.withZeroInfinity(true)))
                .isZero();
    }

    @Test
    void zeroInfinityDoesNotHideNaN() {
        assertThat(recorded(CtcStatus.NON_FINITE, 3, OPTIONS.withZeroInfinity(true)))
                .isNaN();
    }

    /** The loss of an utterance that came out of the recursion like this. */
    private static double recorded(CtcStatus status, double loss, CtcOptions options) {
        CtcResult result = CtcResult.allocate(BATCH, options);
        result.set(1, status, loss, options);
        assertThat(result.status(1)).isEqualTo(status);
        return result.loss(1);
    }

    @Test
    void lossesReduceAsTheOptionsSay() {
        assertThat(reduced(Reduction.NONE)).isEqualTo(3 + 5);
        assertThat(reduced(Reduction.SUM)).isEqualTo(3 + 5);
        assertThat(reduced(Reduction.MEAN)).isEqualTo((3.0 / 1 + 5.0 / 2) / 2);
    }

    private static double reduced(Reduction reduction) {
        CtcOptions options = OPTIONS.withReduction(reduction);
        CtcResult result = CtcResult.allocate(BATCH, options);
        result.set(0, CtcStatus.OK, 3, options);
        result.set(1, CtcStatus.OK, 5, options);
        result.reduce(BATCH, options);
        return result.reduced();
    }

    @Test
    void lossesAreHandedOutAsACopy() {
        CtcResult result = CtcResult.allocate(BATCH, OPTIONS);
        result.losses()[0] = 9;
        assertThat(result.loss(0)).isZero();
        assertThat(result.statuses()).containsExactly(CtcStatus.OK, CtcStatus.OK);
    }
}
