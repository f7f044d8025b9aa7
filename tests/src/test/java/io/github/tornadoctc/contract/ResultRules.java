package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A result is filled in completely, whatever it held before. */
interface ResultRules extends BackendUnderTest {

    @ParameterizedTest
    @EnumSource
    default void aReusedResultHoldsNothingOfTheCallBefore(Layout layout) {
        CtcBatch before = BatchDraft.random(81, 8, 3, 4, 3)
                .target(1, 1, 1, 1, 1, 1)
                .score(2, 2, 0, Float.NaN)
                .layout(layout)
                .build();
        CtcBatch after = BatchDraft.random(82, 8, 3, 4, 3)
                .inputLength(0, 5)
                .inputLength(1, 0)
                .target(2, 2)
                .layout(layout)
                .build();
        CtcResult result = compute(before);
        backend().compute(after, LOGITS, result);
        check(after, LOGITS, result);
        Bits.assertSame(result, compute(after));
    }

    @Test
    default void aReusedResultForgetsStatusesOfTheCallBefore() {
        CtcBatch spoilt = BatchDraft.random(83, 4, 2, 3, 1)
                .score(0, 0, 0, Float.NaN)
                .target(1, 1, 1, 1)
                .build();
        CtcBatch clean = BatchDraft.random(83, 4, 2, 3, 1).build();
        CtcResult result = compute(spoilt);
        assertThat(result.statuses()).containsExactly(CtcStatus.NON_FINITE, CtcStatus.INFEASIBLE);
        backend().compute(clean, LOGITS, result);
        assertThat(result.statuses()).containsOnly(CtcStatus.OK);
    }

    @Test
    default void theGradientGoesIntoTheCallersMemory() {
        CtcBatch batch = BatchDraft.random(84, 6, 2, 3, 2).ragged().build();
        CtcResult expected = compute(batch);
        try (Arena arena = Arena.ofShared()) {
            long bytes = batch.scores().byteSize();
            byte garbage = 0x7f; // floats of such bytes are near the largest
            MemorySegment around = arena.allocate(bytes + 8, 4).fill(garbage);
            CtcResult result = CtcResult.withGradientIn(around.asSlice(4, bytes), batch);
            backend().compute(batch, LOGITS, result);
            Bits.assertSame(result, expected);
            assertThat(around.get(ValueLayout.JAVA_INT, 0)).isEqualTo(0x7f7f7f7f);
            assertThat(around.get(ValueLayout.JAVA_INT, bytes + 4)).isEqualTo(0x7f7f7f7f);
        }
    }

    @Test
    default void aGradientInTheMemoryOfTheScoresIsRefused() {
        BatchDraft draft = BatchDraft.random(84, 6, 2, 3, 2);
        long bytes = draft.build().scores().byteSize();
        MemorySegment memory = Arena.ofAuto().allocate(2 * bytes, 4);
        CtcBatch batch = draft.buildIn(memory.asSlice(0, bytes));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcResult.withGradientIn(memory.asSlice(0, bytes), batch))
                .withMessage(
                        "gradient has 144 bytes in common with the scores, from its byte 0 on; give it memory of its own");
        CtcResult behind = CtcResult.withGradientIn(memory.asSlice(bytes), batch);
        backend().compute(batch, LOGITS, behind);
        CtcBatch other = draft.buildIn(memory.asSlice(bytes - 8, bytes));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backend().compute(other, LOGITS, behind))
                .withMessage(
                        "gradient has 136 bytes in common with the scores, from its byte 0 on; give it memory of its own");
        CtcOptions losses = LOGITS.withGradient(false);
        backend().compute(other, losses, behind);
        assertThat(behind.losses()).isEqualTo(compute(other, losses).losses());
    }

    @Test
    default void theScoresAreLeftAsTheyAre() {
        CtcBatch batch = BatchDraft.random(85, 6, 2, 3, 2).build();
        float[] before = batch.scores().toArray(ValueLayout.JAVA_FLOAT);
        compute(batch);
        assertThat(batch.scores().toArray(ValueLayout.JAVA_FLOAT)).isEqualTo(before);
    }

    @Test
    default void withoutAGradientTheLossesAreTheSame() {
        CtcBatch batch = BatchDraft.random(86, 12, 4, 5, 4)
                .ragged()
                .target(1, 2, 2, 2, 2, 2, 2, 2)
                .build();
        CtcOptions lossesOnly = LOGITS.withGradient(false);
        CtcResult result = computeAndCheck(batch, lossesOnly);
        assertThat(result.hasGradient()).isFalse();
        assertThat(result.losses()).isEqualTo(compute(batch).losses());
        assertThat(computeAndCheck(batch, LOG_PROBS.withGradient(false)).losses())
                .isEqualTo(compute(batch, LOG_PROBS).losses());
    }

    @Test
    default void aResultThatDoesNotFitIsRefused() {
        CtcBatch batch = BatchDraft.random(87, 4, 2, 3, 1).build();
        CtcResult otherBatch = compute(BatchDraft.random(87, 4, 3, 3, 1).build());
        CtcResult noRoom = compute(batch, LOGITS.withGradient(false));
        assertThatThrownBy(() -> backend().compute(batch, LOGITS, otherBatch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("result is of a batch of 3, not of 2");
        assertThatThrownBy(() -> backend().compute(batch, LOGITS, noRoom))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("result has 0 bytes for the gradient, but the scores have 96");
    }
}
