package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A target as pairs of states: what the recursions read of it beside the labels themselves. */
class TargetTest {
    private static final int PAD = Target.PAD;

    private static CtcBatch batch(int symbols, int blank, int... target) {
        return CtcBatch.builder(0, 1, symbols).blank(blank).targets(target).build();
    }

    private static Target target(int symbols, int blank, int... labels) {
        Target target = new Target();
        target.read(batch(symbols, blank, labels), 0);
        return target;
    }

    @Test
    void upToSixtyFourSymbolsEachHasASlot() {
        Target dense = target(64, 1, 5, 3, 5);
        assertThat(dense.dense).isTrue();
        assertThat(dense.usedSlots).isEqualTo(64);
        assertThat(dense.blankSlot).isEqualTo(1);
        assertThat(slots(dense)).containsExactly(5, 3, 5);
    }

    @Test
    void beyondThatOnlyTheBlankAndTheLabelsHaveOne() {
        Target sparse = target(65, 1, 5, 3, 5);
        assertThat(sparse.dense).isFalse();
        assertThat(sparse.usedSlots).isEqualTo(3);
        assertThat(sparse.blankSlot).isZero();
        assertThat(slots(sparse)).containsExactly(1, 2, 1);
    }

    @Test
    void aSymbolIsDistinctOnceWhateverItsNumber() {
        for (int symbols : new int[] {10, 100}) {
            Target target = target(symbols, 1, 0, 4, 0, 0, 4);
            assertThat(Arrays.copyOf(target.distinct, target.distinctCount)).containsExactly(1, 0, 4);
            for (int k = 0; k < target.distinctCount; k++) {
                assertThat(target.distinctSlot(k)).isEqualTo(target.dense ? target.distinct[k] : k);
            }
        }
    }

    @Test
    void aLabelMayFollowAnotherOneDirectly() {
        Target target = target(10, 0, 7, 7, 3, 7);
        assertThat(pairs(target.skipIn, 5)).containsExactly(0, 0, 1, 1, 0);
        assertThat(pairs(target.skipOut, 5)).containsExactly(0, 1, 1, 0, 0);
    }

    @Test
    void whereItsSymbolsAreAmongThoseOfATargetWithMore() {
        Target all = target(100, 1, 70, 5, 90, 3);
        assertThat(target(100, 1, 3, 90, 3).slotsIn(all)).containsExactly(0, 4, 3);
        assertThat(target(100, 1).slotsIn(all)).containsExactly(0);

        Target again = target(100, 1, 5);
        again.slotsIn(all);
        again.read(batch(100, 1, 70, 3), 0);
        assertThat(slots(again)).as("nothing is left of the other").containsExactly(1, 2);
    }

    @Test
    void nothingIsLeftOfTheTargetBefore() {
        Target target = new Target();
        target.read(batch(100, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 0);
        for (int symbols : new int[] {100, 20}) {
            target.read(batch(symbols, 0, 9, 2), 0);
            assertThat(Arrays.copyOf(target.distinct, target.distinctCount)).containsExactly(0, 9, 2);
            assertThat(pairs(target.skipIn, target.lanes)).containsExactly(0, 1, 0, 0, 0, 0, 0, 0);
            assertThat(pairs(target.skipOut, target.lanes)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
            assertLanesOfNoLabelEmitNothing(target);
        }
    }

    private static void assertLanesOfNoLabelEmitNothing(Target target) {
        assertThat(target.usedSlots).isLessThan(target.slots);
        assertThat(Arrays.copyOf(target.labelSlot, PAD)).containsOnly(target.usedSlots);
        assertThat(Arrays.copyOfRange(target.labelSlot, PAD + target.labels, PAD + target.lanes + PAD))
                .containsOnly(target.usedSlots);
    }

    /** The blank's slot is that of no label, and may hold what a lane without one emits. */
    @Test
    void lanesOfNoLabelLookUpTheBlank() {
        for (int symbols : new int[] {20, 32}) {
            Target target = new Target();
            target.read(batch(symbols, 3, 9, 2, 9), 0);
            assertThat(target.looksUp).isEqualTo(Lanes.LOOK_UP >= symbols);
            if (target.looksUp) {
                assertThat(Arrays.copyOfRange(target.labelIndex, PAD, PAD + 3)).containsExactly(9, 2, 9);
                assertThat(Arrays.copyOf(target.labelIndex, PAD)).containsOnly(3);
                assertThat(Arrays.copyOfRange(target.labelIndex, PAD + 3, PAD + target.lanes + PAD))
                        .containsOnly(3);
            }
        }
        Target large = new Target();
        large.read(batch(33, 0, 1), 0);
        assertThat(large.looksUp).isFalse();
    }

    @Test
    void pairsAreReachedAtOneAFrame() {
        Target target = target(10, 0, 1, 2, 3, 4, 5);
        assertThat(target.lastPair(0)).isZero();
        assertThat(target.lastPair(3)).isEqualTo(3);
        assertThat(target.lastPair(9)).isEqualTo(5);
    }

    @Test
    void pairsReachTheEndAtOneAFrame() {
        Target target = target(10, 0, 1, 2, 3, 4, 5);
        assertThat(target.firstPair(0, 7)).isZero();
        assertThat(target.firstPair(4, 7)).isEqualTo(2);
        assertThat(target.firstPair(6, 7)).isEqualTo(4);
    }

    private static int[] slots(Target target) {
        return Arrays.copyOfRange(target.labelSlot, PAD, PAD + target.labels);
    }

    private static double[] pairs(double[] ofPairs, int count) {
        return Arrays.copyOfRange(ofPairs, PAD, PAD + count);
    }
}
