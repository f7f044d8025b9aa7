package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class BarrierTest {
    private static volatile String line = "";
    private static volatile String otherLine = "";

    private static void reverse(KernelContext context, IntArray data) {
        int[] tile = context.allocateIntLocalArray(8);
        tile[context.localIdx] = data.get(context.globalIdx);
        context.localBarrier();
        data.set(context.globalIdx, tile[context.localGroupSizeX - 1 - context.localIdx]);
    }

    @Test
    void whatAnItemWroteBeforeABarrierTheOthersReadAfterIt() {
        IntArray data = IntArray.fromElements(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        OneTask.run(16, 8, graph -> graph.task("t", BarrierTest::reverse, new KernelContext(), data), data);
        assertThat(data.toHeapArray()).containsExactly(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
    }

    private static void skipInOneItem(KernelContext context, IntArray data) {
        data.set(context.globalIdx, 1);
        if (context.localIdx != 5) {
            line = OneTask.nextLine();
            context.localBarrier();
        }
        data.set(context.globalIdx, 2);
    }

    @Test
    void aBarrierThatOneItemSkipsIsReportedWithItsLine() {
        IntArray data = new IntArray(16);
        assertThatThrownBy(() -> OneTask.run(
                        16, 8, graph -> graph.task("t", BarrierTest::skipInOneItem, new KernelContext(), data), data))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("g.t, group 0: barrier divergence: items 0-4, 6-7 wait at")
                .hasMessageContaining(line)
                .hasMessageEndingWith("; item 5 finished");
    }

    private static void oneTurnMore(KernelContext context, IntArray data) {
        int turns = context.localIdx < 4 ? 3 : 2;
        for (int i = 0; i < turns; i++) {
            line = OneTask.nextLine();
            context.localBarrier();
        }
        data.set(context.globalIdx, 1);
    }

    @Test
    void aLoopWithABarrierThatSomeItemsLeaveEarlierIsReported() {
        IntArray data = new IntArray(8);
        assertThatThrownBy(() -> OneTask.run(
                        8, 8, graph -> graph.task("t", BarrierTest::oneTurnMore, new KernelContext(), data), data))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("items 0-3 wait at")
                .hasMessageContaining("items 4-7 finished after the barrier at")
                .hasMessageContaining(line);
    }

    private static void twoBarriers(KernelContext context, IntArray data, int faultyGroup) {
        if (context.groupIdx == faultyGroup && context.localIdx >= 2) {
            line = OneTask.nextLine();
            context.localBarrier();
        } else {
            otherLine = OneTask.nextLine();
            context.localBarrier();
        }
        data.set(context.globalIdx, 1);
    }

    @Test
    void itemsThatWaitAtDifferentBarriersAreReportedWithBothLines() {
        IntArray data = new IntArray(8);
        assertThatThrownBy(() -> OneTask.run(
                        8, 4, graph -> graph.task("t", BarrierTest::twoBarriers, new KernelContext(), data, 0), data))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("items 0-1 wait at")
                .hasMessageContaining("items 2-3 wait at")
                .hasMessageContaining(line)
                .hasMessageContaining(otherLine);
    }

    @Test
    void differentBarriersInALaterGroupAreSeenWithChecks() {
        IntArray data = new IntArray(8);
        Runnable run = () -> OneTask.run(
                8, 4, graph -> graph.task("t", BarrierTest::twoBarriers, new KernelContext(), data, 1), data);
        assertThatCode(() -> Emulator.withChecks(false).run(run)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Emulator.withChecks(true).run(run))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("g.t, group 1: barrier divergence");
    }

    private static void meet(KernelContext context) {
        context.localBarrier();
    }

    private static void helperCalledTwice(KernelContext context, IntArray data) {
        if (context.localIdx % 2 == 0) {
            line = OneTask.nextLine();
            meet(context);
        } else {
            otherLine = OneTask.nextLine();
            meet(context);
        }
        data.set(context.globalIdx, 1);
    }

    @Test
    void oneBarrierReachedFromDifferentLinesIsDivergence() {
        IntArray data = new IntArray(4);
        assertThatThrownBy(() -> OneTask.run(
                        4,
                        4,
                        graph -> graph.task("t", BarrierTest::helperCalledTwice, new KernelContext(), data),
                        data))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("items 0, 2 wait at")
                .hasMessageContaining(line)
                .hasMessageContaining(otherLine);
    }

    private static void groupUniformReturn(KernelContext context, IntArray data) {
        if (context.groupIdx == 1) {
            return;
        }
        context.globalBarrier();
        data.set(context.globalIdx, 1);
    }

    @Test
    void aWholeGroupMayLeaveBeforeABarrier() {
        IntArray data = IntArray.fromElements(0, 0, 0, 0, 0, 0);
        OneTask.run(6, 2, graph -> graph.task("t", BarrierTest::groupUniformReturn, new KernelContext(), data), data);
        assertThat(data.toHeapArray()).containsExactly(1, 1, 0, 0, 1, 1);
    }

    @Test
    void aKernelCalledDirectlyRunsAsAnItemWithoutAGroup() {
        KernelContext context = new KernelContext();
        IntArray data = IntArray.fromElements(7);
        groupUniformReturn(context, data);
        assertThat(data.get(0)).isEqualTo(1);
        assertThat(context.allocateFloatLocalArray(3)).containsExactly(0, 0, 0);
    }
}
