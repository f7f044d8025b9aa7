package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class RaceTest {
    private static volatile String line = "";
    private static volatile String otherLine = "";

    /** Two groups of two items on an array of four. */
    private static Runnable watched(Task2<KernelContext, IntArray> kernel) {
        IntArray data = IntArray.fromElements(0, 1, 2, 3);
        return () -> Emulator.withRaces(true)
                .run(() -> OneTask.run(4, 2, graph -> graph.task("t", kernel, new KernelContext(), data), data));
    }

    private static AbstractThrowableAssert<?, ?> assertRace(Task2<KernelContext, IntArray> kernel) {
        return assertThatThrownBy(watched(kernel)::run).isInstanceOf(KernelFaultException.class);
    }

    private static void shiftWithoutBarrier(KernelContext context, IntArray data) {
        int left = 0;
        if (context.localIdx > 0) {
            otherLine = OneTask.nextLine();
            left = data.get(context.globalIdx - 1);
        }
        line = OneTask.nextLine();
        data.set(context.globalIdx, left);
    }

    @Test
    void aReadOfWhatAnotherItemHasWrittenNamesArrayElementBothItemsAndLines() {
        assertRace(RaceTest::shiftWithoutBarrier)
                .hasMessage("g.t, group 0, item 1: reads element 0 of IntArray of 4 elements, argument 2, at"
                        + " RaceTest.shiftWithoutBarrier(" + otherLine + "), which item 0 has written at"
                        + " RaceTest.shiftWithoutBarrier(" + line + "): a race, there is no barrier between");
    }

    @Test
    void aWriteOverWhatAnotherItemHasReadIsARace() {
        assertThatThrownBy(
                        () -> Emulator.withOrder(WorkItemOrder.DESCENDING).run(watched(RaceTest::shiftWithoutBarrier)))
                .hasMessageContaining("group 1, item 0: writes element 2 of")
                .hasMessageContaining("which item 1 has read at");
    }

    @Test
    void withoutTheOptionNothingIsWatched() {
        IntArray data = IntArray.fromElements(0, 1, 2, 3);
        assertThatCode(() -> OneTask.run(
                        4, 2, graph -> graph.task("t", RaceTest::shiftWithoutBarrier, new KernelContext(), data), data))
                .doesNotThrowAnyException();
    }

    private static void writeTheSame(KernelContext context, IntArray data) {
        data.set(2 * context.groupIdx, 7);
    }

    @Test
    void twoWritesOfTheSameValueAreARace() {
        assertRace(RaceTest::writeTheSame)
                .hasMessageContaining("item 1: writes element 0")
                .hasMessageContaining("item 0 has written");
    }

    private static void swapOverGlobalBarrier(KernelContext context, IntArray data) {
        int other = data.get(context.globalIdx ^ 1);
        context.globalBarrier();
        data.set(context.globalIdx, other);
    }

    private static void swapOverLocalBarrier(KernelContext context, IntArray data) {
        int other = data.get(context.globalIdx ^ 1);
        context.localBarrier();
        data.set(context.globalIdx, other);
    }

    @Test
    void aGlobalBarrierOrdersWhatLiesBeforeAndAfterIt() {
        assertThatCode(watched(RaceTest::swapOverGlobalBarrier)::run).doesNotThrowAnyException();
    }

    @Test
    void aLocalBarrierDoesNotOrderGlobalMemory() {
        assertRace(RaceTest::swapOverLocalBarrier)
                .hasMessageEndingWith("there is no globalBarrier between, and localBarrier is for local memory alone");
    }

    private static void readTheOtherGroup(KernelContext context, IntArray data) {
        data.set(context.globalIdx, 1);
        context.globalBarrier();
        data.get((context.globalIdx + 2) % 4);
    }

    @Test
    void noBarrierOrdersTwoGroups() {
        assertRace(RaceTest::readTheOtherGroup)
                .hasMessageContaining("group 1, item 0: writes element 2")
                .hasMessageContaining("which item 0 of group 0 has read")
                .hasMessageEndingWith("groups of a launch come in no order");
    }

    private static void manyReadersThenOneOfThemWrites(KernelContext context, IntArray data) {
        data.get(0);
        if (context.globalIdx == 3) {
            data.set(0, 1);
        }
    }

    @Test
    void aReaderMayNotWriteWhatOthersRead() {
        assertRace(RaceTest::manyReadersThenOneOfThemWrites).hasMessageContaining("item 1: writes element 0");
    }

    private static void ownElementOnly(KernelContext context, IntArray data) {
        data.set(context.globalIdx, data.get(context.globalIdx) + 1);
        context.localBarrier();
        data.set(context.globalIdx, data.get(context.globalIdx) + 1);
    }

    @Test
    void anItemMayDoWhatItLikesWithWhatNobodyElseTouches() {
        assertThatCode(watched(RaceTest::ownElementOnly)::run).doesNotThrowAnyException();
    }

    private static void countAtomically(KernelContext context, IntArray data) {
        context.atomicAdd(data, 0, 1);
    }

    private static void countAndLook(KernelContext context, IntArray data) {
        context.atomicAdd(data, 0, 1);
        data.get(0);
    }

    @Test
    void atomicOperationsNeedNoOrderAmongThemselves() {
        assertThatCode(watched(RaceTest::countAtomically)::run).doesNotThrowAnyException();
        assertRace(RaceTest::countAndLook)
                .hasMessageContaining("item 1: updates atomically element 0")
                .hasMessageContaining("item 0 has read");
    }

    private static void readAndWrite(KernelContext context, HalfFloatArray in, HalfFloatArray out) {
        out.set(context.globalIdx, in.get(context.globalIdx));
    }

    @Test
    void aReadOfWhatNothingWasWrittenToIsReported() {
        HalfFloatArray in = new HalfFloatArray(2);
        HalfFloatArray between = new HalfFloatArray(4);
        HalfFloatArray out = new HalfFloatArray(4);
        WorkerGrid1D two = new WorkerGrid1D(2);
        WorkerGrid1D four = new WorkerGrid1D(4);
        TaskGraph graph = new TaskGraph("g")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, between)
                .task("first", RaceTest::readAndWrite, new KernelContext(), in, between)
                .task("second", RaceTest::readAndWrite, new KernelContext(), between, out)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        GridScheduler grids = new GridScheduler("g.first", two);
        grids.addWorkerGrid("g.second", four);
        assertThatThrownBy(() -> Emulator.withRaces(true).run(() -> new TornadoExecutionPlan(graph.snapshot())
                        .withGridScheduler(grids)
                        .execute()))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("g.second, group 0, item 2: reads element 2 of HalfFloatArray of 4 elements,"
                        + " argument 2, at RaceTest.readAndWrite(RaceTest.java:")
                .hasMessageEndingWith("), which nothing was written to");
    }
}
