package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** An invalid argument is refused before anything is computed, by a message with its name, its index and its value. */
class CtcBatchBuilderTest {

    /** T=2, B=2, V=3 with scores, for what is wrong about the rest. */
    private static CtcBatchBuilder scored() {
        return CtcBatch.builder(2, 2, 3).scores(new float[12]);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void sizesMayNotBeNegative() {
        refused(() -> CtcBatch.builder(-1, 2, 3), "timeSteps = -1 is less than 0");
        refused(() -> CtcBatch.builder(2, -5, 3), "batchSize = -5 is less than 0");
    }

    @Test
    void thereIsAtLeastTheBlank() {
        refused(() -> CtcBatch.builder(2, 2, 0), "symbols = 0 is less than 1");
    }

    @Test
    void sizesThatFitNoMemoryAreRefused() {
        int most = Integer.MAX_VALUE;
        refused(
                () -> CtcBatch.builder(most, most, most),
                "timeSteps * batchSize * symbols = 2147483647 * 2147483647 * 2147483647 scores do not fit any memory");
        refused(
                () -> CtcBatch.builder(most, most, 1),
                "timeSteps * batchSize * symbols = 2147483647 * 2147483647 * 1 scores do not fit any memory");
    }

    @Test
    void scoresMustBeAsManyAsTheSizesSay() {
        refused(
                () -> CtcBatch.builder(2, 2, 3).scores(new float[11]),
                "scores has 44 bytes, but timeSteps * batchSize * symbols = 2 * 2 * 3 float32 scores take 48");
    }

    @Test
    void scoresMustBeAlignedToFloats() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment odd = arena.allocate(64, 8).asSlice(2, 48);
            refused(
                    () -> CtcBatch.builder(2, 2, 3).scores(odd),
                    "scores is at address 0x%x, which is not a multiple of 4".formatted(odd.address()));
        }
    }

    /** One utterance or many: a backend computes a few on the caller's thread, which would do, and more on others. */
    @Test
    void scoresOfOneThreadAreRefused() {
        try (Arena arena = Arena.ofConfined()) {
            for (int batchSize : new int[] {1, 8}) {
                refused(
                        () -> CtcBatch.builder(2, batchSize, 3).scores(arena.allocate(24L * batchSize, 4)),
                        "scores is in a confined arena, but is used by several threads; Arena.ofShared() or Arena.ofAuto()"
                                + " would do");
            }
        }
    }

    @Test
    void scoresOnADeviceAreNotThereToBeRead() {
        CtcBatch batch = CtcBatch.builder(2, 1, 3)
                .scoresOnDevice()
                .targets(new int[] {1})
                .build();
        assertThat(batch.label(0, 0)).isEqualTo(1);
        assertThatThrownBy(batch::scores)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("the scores of this batch are on a device");
        assertThatThrownBy(() -> batch.score(0, 0, 0)).isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void scoresMustBeGiven() {
        refused(
                () -> CtcBatch.builder(2, 1, 3).targets(new int[] {1}).build(), //
                "scores is missing");
    }

    @Test
    void noScoresNeedNotBeGiven() {
        assertThatCode(() -> CtcBatch.builder(0, 1, 3).targets(new int[] {1}).build())
                .doesNotThrowAnyException();
    }

    @Test
    void inputLengthsAreOnePerUtterance() {
        refused(() -> scored().inputLengths(2), "inputLengths has 1 values for a batch of 2");
    }

    @Test
    void inputLengthsAreNeitherNegativeNorPastTheBatch() {
        refused(
                () -> scored().inputLengths(2, 3),
                "inputLengths[1] = 3 is not between 0 and 2, the batch's time steps");
        refused(
                () -> scored().inputLengths(-1, 2),
                "inputLengths[0] = -1 is not between 0 and 2, the batch's time steps");
    }

    @Test
    void targetsMustBeGiven() {
        refused(() -> scored().build(), "targets is missing");
    }

    @Test
    void targetsAreOnePerUtterance() {
        refused(() -> scored().targets(new int[] {1}), "targets has 1 rows for a batch of 2");
        refused(() -> scored().paddedTargets(new int[4], 2, 1), "targetLengths has 1 values for a batch of 2");
        refused(() -> scored().concatenatedTargets(new int[4], 1, 2, 1), "targetLengths has 3 values for a batch of 2");
    }

    @Test
    void labelsAreSymbols() {
        refused(
                () -> scored().targets(new int[] {1, 2}, new int[] {1, 3}).build(),
                "targets[1][1] = 3 is not a symbol: symbols are 0 to 2");
        refused(
                () -> scored().targets(new int[] {-1}, new int[] {1}).build(),
                "targets[0][0] = -1 is not a symbol: symbols are 0 to 2");
    }

    @Test
    void labelsAreNeverTheBlank() {
        refused(
                () -> scored().targets(new int[] {1}, new int[] {2, 1, 0}).build(), //
                "targets[1][2] = 0 is the blank");
        refused(
                () -> scored().targets(new int[] {1}, new int[] {0, 2}).blank(2).build(), //
                "targets[1][1] = 2 is the blank");
    }

    @Test
    void theBlankIsASymbol() {
        refused(
                () -> scored().targets(new int[0], new int[0]).blank(3).build(),
                "blank = 3 is not between 0 and 2, the last symbol");
        refused(
                () -> scored().targets(new int[0], new int[0]).blank(-1).build(),
                "blank = -1 is not between 0 and 2, the last symbol");
    }

    @Test
    void paddedTargetsFillTheirRectangle() {
        refused(
                () -> scored().paddedTargets(new int[5], 3, 1, 1), //
                "targets has 5 labels, but batchSize * width = 2 * 3");
        refused(() -> scored().paddedTargets(new int[0], -1, 0, 0), "width = -1 is less than 0");
    }

    @Test
    void targetLengthsAreNeitherNegativeNorPastTheLabels() {
        refused(
                () -> scored().paddedTargets(new int[6], 3, 1, 4),
                "targetLengths[1] = 4 is not between 0 and 3, the padded width");
        refused(
                () -> scored().concatenatedTargets(new int[4], -1, 5),
                "targetLengths[0] = -1 is not between 0 and 4, all labels there are");
    }

    @Test
    void targetLengthsAddUpToTheConcatenatedLabels() {
        refused(
                () -> scored().concatenatedTargets(new int[4], 1, 2),
                "targets has 4 labels, but targetLengths add up to 3");
        refused(
                () -> scored().concatenatedTargets(new int[4], 4, 2),
                "targets has 4 labels, but targetLengths add up to 6");
    }

    @Test
    void labelsAreNoMoreThanAnIntCounts() {
        int[][] sameRow = Collections.nCopies(2048, new int[1 << 20]).toArray(int[][]::new);
        refused(
                () -> CtcBatch.builder(0, 2048, 3).targets(sameRow),
                "targetLengths[2047] = 1048576: more than 2147483647 labels in all");
    }

    @Test
    void anEmptyBatchNeedsNothing() {
        assertThat(CtcBatch.builder(5, 0, 3).build().batchSize()).isZero();
        assertThat(CtcBatch.builder(5, 0, 3).build().maxTargetLength()).isZero();
    }

    @Test
    void paddingMayHaveNoWidth() {
        assertThat(scored().paddedTargets(new int[0], 0, 0, 0).build().maxTargetLength())
                .isZero();
    }

    /** A caller without null checks of its own sees which argument it was. */
    @Test
    @SuppressWarnings("NullAway")
    void whatIsNullIsNamed() {
        assertThatThrownBy(() -> CtcBatch.builder(1, 1, 2).scores((float[]) null))
                .hasMessage("scores is null");
        assertThatThrownBy(() -> CtcBatch.builder(1, 1, 2).scores((MemorySegment) null))
                .hasMessage("scores is null");
        assertThatThrownBy(() -> CtcBatch.builder(1, 1, 2).targets((int[][]) null))
                .hasMessage("targets is null");
        assertThatThrownBy(() -> CtcBatch.builder(1, 2, 2).targets(new int[0], null))
                .hasMessage("targets[1] is null; a target without labels is an empty array");
        assertThatThrownBy(() -> CtcBatch.builder(1, 1, 2).inputLengths((int[]) null))
                .hasMessage("inputLengths is null");
        assertThatThrownBy(() -> CtcBatch.builder(1, 1, 2).layout(null)).hasMessage("layout is null");
        assertThatThrownBy(() -> CtcBatch.builder(1, 1, 2).paddedTargets(null, 1, 1))
                .hasMessage("targets is null");
        assertThatThrownBy(() -> CtcBatch.builder(1, 1, 2).concatenatedTargets(new int[0], (int[]) null))
                .hasMessage("targetLengths is null");
    }
}
