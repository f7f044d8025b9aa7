package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However scores and targets lie in memory, and whichever symbol is the blank, the result is the same. */
interface LayoutRules extends BackendUnderTest {

    private static BatchDraft draft() {
        return BatchDraft.random(61, 8, 4, 5, 3).ragged();
    }

    @Test
    default void bothLayoutsGiveTheSameBits() {
        CtcBatch timeMajor = draft().layout(Layout.TIME_MAJOR).build();
        CtcBatch batchMajor = draft().layout(Layout.BATCH_MAJOR).build();
        CtcResult first = computeAndCheck(timeMajor);
        CtcResult second = computeAndCheck(batchMajor);
        for (int b = 0; b < timeMajor.batchSize(); b++) {
            assertThat(Bits.ofUtterance(batchMajor, b, second)).isEqualTo(Bits.ofUtterance(timeMajor, b, first));
        }
        assertThat(second.reduced()).isEqualTo(first.reduced());
    }

    @Test
    default void concatenatedAndPaddedTargetsGiveTheSameBits() {
        BatchDraft draft = draft().target(0, 1, 2, 3).target(1).target(2, 4, 4).target(3, 2);
        CtcResult rows = computeAndCheck(draft.build());
        int any = -1; // past the row's length, so never read
        CtcBatch padded = draft.builder()
                .paddedTargets(new int[] {1, 2, 3, any, any, any, 4, 4, any, 2, any, any}, 3, 3, 0, 2, 1)
                .build();
        CtcBatch concatenated = draft.builder()
                .concatenatedTargets(new int[] {1, 2, 3, 4, 4, 2}, 3, 0, 2, 1)
                .build();
        Bits.assertSame(compute(padded), rows);
        Bits.assertSame(compute(concatenated), rows);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    default void anySymbolMayBeTheBlank(int blank) {
        BatchDraft zero = draft();
        BatchDraft other = draft().blank(blank);
        for (int b = 0; b < 4; b++) {
            int[] target = zero.targetOf(b);
            for (int u = 0; u < target.length; u++) {
                target[u] = target[u] == blank ? 0 : target[u];
            }
            other.target(b, target);
            for (int t = 0; t < 8; t++) {
                other.score(t, b, blank, zero.score(t, b, 0)).score(t, b, 0, zero.score(t, b, blank));
            }
        }
        CtcResult expected = compute(zero.build());
        CtcResult actual = computeAndCheck(other.build());
        for (int b = 0; b < 4; b++) {
            assertLoss(actual.loss(b), expected.loss(b), 2 * lossTolerance());
        }
    }

    @Test
    default void aNativeSegmentIsUsedWithoutCopying() {
        BatchDraft draft = draft();
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocateFrom(
                    ValueLayout.JAVA_FLOAT, draft.build().scores().toArray(ValueLayout.JAVA_FLOAT));
            CtcBatch batch =
                    draft.builder().scores(memory).targets(targets(draft)).build();
            assertThat(batch.scores().address()).isEqualTo(memory.address());
            CtcResult before = computeAndCheck(batch);
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, batch.rowOffset(0, 0), 9);
            CtcResult after = computeAndCheck(batch);
            assertThat(after.loss(0)).isNotEqualTo(before.loss(0));
        }
    }

    private static int[][] targets(BatchDraft draft) {
        return new int[][] {draft.targetOf(0), draft.targetOf(1), draft.targetOf(2), draft.targetOf(3)};
    }

    @Test
    default void aSegmentInTheMiddleOfOthersMemoryIsReadFromItsStart() {
        BatchDraft draft = draft();
        CtcBatch expected = draft.build();
        try (Arena arena = Arena.ofShared()) {
            long bytes = expected.scores().byteSize();
            MemorySegment slice =
                    arena.allocate(bytes + 64, 64).fill((byte) 0x7f).asSlice(12, bytes);
            slice.copyFrom(expected.scores());
            CtcBatch batch =
                    draft.builder().scores(slice).targets(targets(draft)).build();
            Bits.assertSame(compute(batch), compute(expected));
        }
    }
}
