package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a recursion that carries numbers of any size from frame to frame, several frames at a time, could break: its
 * first and last frames, targets that only just fit, and neighbouring states that are far from each other.
 */
interface RecursionRules extends BackendUnderTest {
    float IMPOSSIBLE = Float.NEGATIVE_INFINITY;

    /** Utterance b has b + 1 frames, so the frame in the middle is everywhere in a group of frames. */
    @ParameterizedTest
    @CsvSource({"13, 0", "13, 1", "13, 2", "13, 4", "50, 9"})
    default void everyNumberOfFrames(int frames, int labels) {
        BatchDraft draft = BatchDraft.random(131, frames, frames, 4, labels);
        for (int b = 0; b < frames; b++) {
            draft.inputLength(b, b + 1);
        }
        computeAndCheck(draft.build());
        computeAndCheck(draft.scaled(20).build());
    }

    /** No frame to spare, and one, and a few. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7})
    default void targetsThatJustFit(int toSpare) {
        int labels = size(500, 45);
        BatchDraft draft = BatchDraft.random(132, labels + toSpare, 1, 12, labels);
        assertThat(computeAndCheck(draft.build()).statuses()).containsOnly(CtcStatus.OK);
        computeAndCheck(draft.column(0, 0, 40).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30})
    default void oneLabelOverAndOver(int toSpare) {
        int labels = size(60, 21);
        int[] target = new int[labels];
        Arrays.fill(target, 2);
        BatchDraft draft =
                BatchDraft.random(133, 2 * labels - 1 + toSpare, 1, 4, 0).target(0, target);
        assertThat(computeAndCheck(draft.build()).statuses()).containsOnly(CtcStatus.OK);
        computeAndCheck(draft.scaled(10).build());
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 10, 50, 300})
    default void logitsOfAnySize(float scale) {
        BatchDraft draft = BatchDraft.random(134, size(170, 41), 2, 9, size(50, 15));
        computeAndCheck(draft.ragged().scaled(scale).build());
    }

    /** One symbol has all of a frame. The target is what they spell, or it is not. */
    @ParameterizedTest
    @ValueSource(floats = {20, 80, 400})
    default void oneHotRows(float margin) {
        int labels = size(40, 13);
        BatchDraft draft = BatchDraft.zeros(3 * labels, 2, 5);
        int[] target = new Random(135).ints(labels, 1, 5).toArray();
        int[] another = target.clone();
        another[labels / 2] = 1 + another[labels / 2] % 4;
        for (int t = 0; t < 3 * labels; t++) {
            draft.score(t, 0, t % 3 == 0 ? target[t / 3] : 0, margin);
            draft.score(t, 1, t % 3 == 0 ? target[t / 3] : 0, margin);
        }
        assertThat(computeAndCheck(draft.target(0, target).target(1, another).build())
                        .statuses())
                .containsOnly(CtcStatus.OK);
    }

    /** Each label is 2⁶⁰, 2¹³⁰ or 2³⁰⁰ times less likely than the blank, and so are the states from one to the next. */
    @ParameterizedTest
    @ValueSource(floats = {41.6f, 90, 208})
    default void aForwardVariableThatFallsFromStateToState(float nats) {
        int labels = size(100, 25);
        BatchDraft draft = BatchDraft.random(136, 3 * labels, 1, 6, labels);
        computeAndCheck(draft.column(0, 0, nats).build());
    }

    /** A state that had nearly everything, {@code nats} more than its neighbour, before its symbols became impossible. */
    @ParameterizedTest
    @CsvSource({"208, 1", "208, 5", "208, 40", "2000, 5", "-2000, 5"})
    default void aStateThatHasDiedHidesNoLivingOne(float nats, int before) {
        int frames = before + 30;
        BatchDraft draft = BatchDraft.random(137, frames, 1, 4, 0).target(0, 1, 2, 3, 1);
        for (int t = 0; t < before; t++) {
            draft.score(t, 0, 0, nats).score(t, 0, 1, nats);
        }
        // of all that may be reached by then, only the second label lives on
        draft.frame(before, 0, IMPOSSIBLE).score(before, 0, 2, 0);
        computeAndCheck(draft.build());
        for (int t = before; t < before + 9; t++) {
            draft.frame(t, 0, IMPOSSIBLE).score(t, 0, 2, 0);
        }
        computeAndCheck(draft.build());
    }

    /** Half of all symbols, but for those of one path, which is the only one to the end or one of a few. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    default void maskedSymbols(long seed) {
        int labels = size(30, 10);
        Random random = new Random(seed);
        BatchDraft draft = BatchDraft.random(138 + seed, 2 * labels + 7, 1, 7, labels);
        int[] target = draft.targetOf(0);
        for (int t = 0; t < 2 * labels + 7; t++) {
            int spared = t % 2 == 1 && t / 2 < labels ? target[t / 2] : 0;
            for (int v = 0; v < 7; v++) {
                if (v != spared && random.nextBoolean()) {
                    draft.score(t, 0, v, IMPOSSIBLE);
                }
            }
        }
        CtcBatch batch = draft.build();
        assertThat(computeAndCheck(batch).statuses()).containsOnly(CtcStatus.OK);
        computeAndCheck(batch, LOG_PROBS);
    }

    /** Frames in which nothing of the target is possible, for longer than a group of frames; and then everything is. */
    @Test
    default void nothingIsPossibleForManyFrames() {
        BatchDraft draft = BatchDraft.random(145, 60, 1, 6, 8);
        for (int t = 20; t < 45; t++) {
            draft.frame(t, 0, IMPOSSIBLE).score(t, 0, 5, 0);
        }
        CtcBatch batch = draft.target(0, 1, 2, 3, 4).build();
        assertThat(computeAndCheck(batch).statuses()).containsOnly(CtcStatus.INFEASIBLE);
    }

    /** Many paths as likely as the likeliest one, up to a frame that none of them survives, wherever that is. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 28, 29, 30, 31, 50, 59})
    default void manyPathsThatAllEndInOneFrame(int frame) {
        BatchDraft draft = BatchDraft.zeros(60, 1, 4).target(0, 1, 2, 1);
        draft.frame(frame, 0, IMPOSSIBLE).score(frame, 0, 3, 0);
        assertThat(computeAndCheck(draft.build()).statuses()).containsOnly(CtcStatus.INFEASIBLE);
    }
}
