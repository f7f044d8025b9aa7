package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The smallest sizes, the largest, and those around a warp and a work-group. Where a backend is slow, the size that a
 * test is about stays, and the others are made small: {@code size(full, whereSlow)}.
 */
interface SizeRules extends BackendUnderTest {

    private void checkOk(CtcBatch batch) {
        assertThat(computeAndCheck(batch).statuses()).containsOnly(CtcStatus.OK);
    }

    @Test
    default void oneFrame() {
        CtcBatch batch =
                BatchDraft.random(101, 1, 3, 5, 1).target(1).target(2, 1, 2).build();
        CtcResult result = computeAndCheck(batch);
        assertThat(result.statuses()).containsExactly(CtcStatus.OK, CtcStatus.OK, CtcStatus.INFEASIBLE);
        computeAndCheck(batch, LOG_PROBS);
    }

    @Test
    default void onlyEmptyTargets() {
        checkOk(BatchDraft.random(102, 7, 3, 4, 0).build());
    }

    @Test
    default void twoSymbols() {
        checkOk(BatchDraft.random(103, 12, 3, 2, 5).ragged().build());
    }

    @Test
    default void onlyTheBlank() {
        checkOk(BatchDraft.random(104, 5, 2, 1, 0).build());
    }

    @ParameterizedTest
    @EnumSource
    default void noUtterances(Reduction reduction) {
        CtcBatch batch = BatchDraft.zeros(4, 0, 3).build();
        CtcResult result = computeAndCheck(batch, LOGITS.withReduction(reduction));
        assertThat(result.losses()).isEmpty();
        assertThat(result.reduced()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    default void noFrames(Reduction reduction) {
        CtcBatch batch = BatchDraft.zeros(0, 2, 3)
                .target(1, 2)
                .layout(Layout.BATCH_MAJOR)
                .build();
        CtcResult result = computeAndCheck(batch, LOGITS.withReduction(reduction));
        assertThat(result.statuses()).containsExactly(CtcStatus.OK, CtcStatus.INFEASIBLE);
        assertThat(result.losses()).containsExactly(0, Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 33, 257})
    default void batchSizes(int batchSize) {
        int frames = size(20, 4);
        checkOk(BatchDraft.random(105, frames, batchSize, 5, frames / 2)
                .ragged()
                .build());
    }

    /** Beside the long target an empty and a short one, which must not wait for it in vain. */
    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 700})
    default void targetLengths(int length) {
        int frames = size(2 * length + 5, length + 3);
        checkOk(BatchDraft.random(106, frames, 3, size(20, 4), length)
                .target(0)
                .inputLength(0, size(frames, 5))
                .target(1, 1)
                .inputLength(1, 3)
                .build());
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 256, 700})
    default void oneLabelThroughoutALongTarget(int length) {
        checkOk(BatchDraft.random(107, 2 * length - 1, 1, 2, length).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1000, 1025, 5000})
    default void vocabularies(int symbols) {
        int frames = size(40, 3);
        checkOk(BatchDraft.random(108, frames, 2, symbols, frames / 2).build());
    }

    @Test
    default void fiveThousandFrames() {
        checkOk(BatchDraft.random(109, 5000, size(2, 1), size(30, 3), size(200, 2))
                .build());
    }
}
