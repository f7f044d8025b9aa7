package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class CtcBatchTest {
    private static final int T = 2;
    private static final int B = 3;
    private static final int V = 4;
    private static final int[][] TARGETS = {{1, 1, 2, 2, 2}, {}, {3}};

    /** Scores 0, 1, 2, … in the order of memory. */
    private static CtcBatchBuilder counting() {
        float[] scores = new float[T * B * V];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i;
        }
        return CtcBatch.builder(T, B, V).scores(scores);
    }

    @Test
    void timeMajorIsTheDefaultOrder() {
        CtcBatch batch = counting().targets(TARGETS).build();
        assertThat(batch.layout()).isEqualTo(Layout.TIME_MAJOR);
        assertThat(batch.score(1, 2, 3)).isEqualTo((1 * B + 2) * V + 3);
        assertThat(batch.rowOffset(1, 0) - batch.rowOffset(0, 0)).isEqualTo(batch.frameStride());
    }

    @Test
    void batchMajorHasTheFramesOfAnUtteranceTogether() {
        CtcBatch batch = counting().layout(Layout.BATCH_MAJOR).targets(TARGETS).build();
        assertThat(batch.score(1, 2, 3)).isEqualTo((2 * T + 1) * V + 3);
        assertThat(batch.frameStride()).isEqualTo(V);
        assertThat(batch.rowOffset(1, 2) - batch.rowOffset(0, 2)).isEqualTo(batch.frameStride());
    }

    @Test
    void rowOffsetsDoNotOverflowAnInt() {
        CtcBatch huge =
                CtcBatch.builder(0, 50_000, 50_000).targets(new int[50_000][0]).build();
        assertThat(huge.rowOffset(1, 0)).isEqualTo(2_500_000_000L);
    }

    @Test
    void theBlankIsZeroAndLengthsAreFullUnlessSaidOtherwise() {
        CtcBatch batch = counting().targets(TARGETS).build();
        assertThat(batch.blank()).isZero();
        assertThat(batch.timeSteps()).isEqualTo(T);
        assertThat(batch.inputLength(0)).isEqualTo(T);
        assertThat(batch.inputLength(2)).isEqualTo(T);
    }

    @Test
    void sizesAndBlankAreWhatWasSaid() {
        CtcBatch batch = counting()
                .blank(3)
                .targets(new int[] {0}, new int[] {1, 2, 1}, new int[] {2, 1})
                .build();
        assertThat(batch.batchSize()).isEqualTo(B);
        assertThat(batch.symbols()).isEqualTo(V);
        assertThat(batch.blank()).isEqualTo(3);
        assertThat(batch.maxTargetLength()).isEqualTo(3);
    }

    @Test
    void nativeScoresAreTheCallersMemory() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment scores = arena.allocate(ValueLayout.JAVA_FLOAT, T * B * V);
            CtcBatch batch =
                    CtcBatch.builder(T, B, V).scores(scores).targets(TARGETS).build();
            scores.setAtIndex(ValueLayout.JAVA_FLOAT, 5, 7);
            assertThat(batch.scores().address()).isEqualTo(scores.address());
            assertThat(batch.score(0, 1, 1)).isEqualTo(7);
        }
    }

    @Test
    void heapScoresAreCopiedOffHeap() {
        float[] scores = new float[T * B * V];
        CtcBatch batch =
                CtcBatch.builder(T, B, V).scores(scores).targets(TARGETS).build();
        scores[0] = 7;
        assertThat(batch.scores().isNative()).isTrue();
        assertThat(batch.score(0, 0, 0)).isZero();
    }

    @Test
    void heapScoresMayBeginAnywhere() {
        byte[] bytes = new byte[T * B * V * Float.BYTES + 1];
        bytes[1] = 1;
        MemorySegment odd = MemorySegment.ofArray(bytes).asSlice(1);
        CtcBatch batch = CtcBatch.builder(T, B, V).scores(odd).targets(TARGETS).build();
        assertThat(batch.scores().mismatch(odd)).isEqualTo(-1);
    }

    @Test
    void targetsMayComeAsRowsPaddedOrConcatenated() {
        CtcBatch rows = counting().targets(TARGETS).build();
        int any = -9; // what is past a row's length is never read
        int[] padded = {1, 1, 2, 2, 2, any, any, any, any, any, 3, any, any, any, any};
        assertSameTargets(counting().paddedTargets(padded, 5, 5, 0, 1).build(), rows);
        assertSameTargets(
                counting()
                        .concatenatedTargets(new int[] {1, 1, 2, 2, 2, 3}, 5, 0, 1)
                        .build(),
                rows);
    }

    private static void assertSameTargets(CtcBatch actual, CtcBatch expected) {
        assertThat(actual.maxTargetLength()).isEqualTo(expected.maxTargetLength());
        for (int b = 0; b < B; b++) {
            assertThat(actual.target(b)).isEqualTo(expected.target(b));
            assertThat(actual.targetLength(b)).isEqualTo(expected.targetLength(b));
            for (int u = 0; u < expected.targetLength(b); u++) {
                assertThat(actual.label(b, u)).isEqualTo(expected.target(b)[u]);
            }
        }
    }

    @Test
    void callersArraysMayBeReusedOnceGiven() {
        int[] lengths = {1, 2, 0};
        int[] labels = {1, 2, 3};
        CtcBatch batch = counting()
                .inputLengths(lengths)
                .concatenatedTargets(labels, 1, 1, 1)
                .build();
        lengths[0] = 2;
        labels[0] = 2;
        assertThat(batch.inputLength(0)).isEqualTo(1);
        assertThat(batch.label(0, 0)).isEqualTo(1);
    }

    @Test
    void aRepeatIsALabelLikeTheOneBefore() {
        CtcBatch batch = counting().targets(TARGETS).build();
        assertThat(batch.repeats(0)).isEqualTo(3);
        assertThat(batch.repeats(1)).isZero();
        assertThat(batch.repeats(2)).isZero();
    }

    @Test
    void repeatsDoNotReachAcrossUtterances() {
        CtcBatch batch =
                counting().targets(new int[] {1}, new int[] {1}, new int[] {1}).build();
        assertThat(batch.repeats(1)).isZero();
    }

    @Test
    void labelsAndRepeatsEachNeedAFrame() {
        CtcBatch batch = counting()
                .inputLengths(2, 1, 2)
                .targets(new int[] {1, 1}, new int[] {1}, new int[] {1, 2})
                .build();
        assertThat(batch.hasEnoughFrames(0)).isFalse();
        assertThat(batch.hasEnoughFrames(1)).isTrue();
        assertThat(batch.hasEnoughFrames(2)).isTrue();
    }

    @Test
    void textHasTheSizes() {
        CtcBatch batch = CtcBatch.builder(1, 1, 2)
                .scores(new float[2])
                .targets(new int[] {1, 1})
                .build();
        assertThat(batch).hasToString("CtcBatch[T=1, B=1, V=2, longest target 2, blank 0, TIME_MAJOR]");
        assertThat(batch.framesNeeded(0)).isEqualTo(3);
        assertThat(CtcResult.allocate(batch, CtcOptions.defaults()))
                .hasToString("CtcResult[B=1, losses 0.0, reduced 0.0, with gradient]");
    }

    @Test
    void scoresOnADeviceAreNotInHostMemory() {
        CtcBatch batch = CtcBatch.builder(3, 2, 4)
                .scoresOnDevice()
                .targets(new int[] {2}, new int[0])
                .build();
        assertThat(batch.hasScores()).isFalse();
        assertThat(batch)
                .hasToString("CtcBatch[T=3, B=2, V=4, longest target 1, blank 0, TIME_MAJOR, scores on a device]");
        CtcBatch other = batch.withTargets(new int[] {3}, new int[] {1});
        assertThat(other.hasScores()).isFalse();
        assertThat(other.target(1)).containsExactly(1);
        assertThatThrownBy(other::scores)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the scores of this batch are on a device");
    }

    @Test
    void otherTargetsHaveTheSameScoresAndLengths() {
        CtcBatch batch = CtcBatch.builder(3, 2, 4)
                .blank(1)
                .layout(Layout.BATCH_MAJOR)
                .scores(new float[24])
                .inputLengths(3, 2)
                .targets(new int[] {2}, new int[] {0, 3})
                .build();
        CtcBatch other = batch.withTargets(new int[] {3, 3}, new int[0]);
        assertThat(batch.hasScores()).isTrue();
        assertThat(other.scores().address()).isEqualTo(batch.scores().address());
        assertThat(other.layout()).isEqualTo(Layout.BATCH_MAJOR);
        assertThat(other.blank()).isEqualTo(1);
        assertThat(other.inputLength(1)).isEqualTo(2);
        assertThat(other.target(0)).containsExactly(3, 3);
        assertThat(other.target(1)).isEmpty();
        assertThatThrownBy(() -> batch.withTargets(new int[] {1}, new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("targets[0][0] = 1 is the blank");
    }
}
