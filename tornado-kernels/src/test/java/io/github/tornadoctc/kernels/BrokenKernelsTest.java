package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.emulator.Emulator;
import io.github.tornadoctc.emulator.KernelFaultException;
import io.github.tornadoctc.emulator.OrderComparison;
import io.github.tornadoctc.emulator.WorkItemOrder;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Each mistake of {@link BrokenKernels} is reported: so that {@link ShippedKernelsAreCleanTest}, which looks in the same
 * way, says something.
 */
class BrokenKernelsTest {
    private static final int GROUPS = 2;

    private interface Kernel extends Task3<KernelContext, FloatArray, FloatArray> {}

    private static FloatArray run(Kernel kernel) {
        int items = GROUPS * BrokenKernels.GROUP;
        FloatArray in = new FloatArray(items);
        FloatArray out = new FloatArray(items);
        for (int i = 0; i < items; i++) {
            in.set(i, i);
        }
        TaskGraph graph = new TaskGraph("broken")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
                .task("kernel", kernel, new KernelContext(), in, out)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        WorkerGrid grid = new WorkerGrid1D(items);
        grid.setLocalWork(BrokenKernels.GROUP, 1, 1);
        new TornadoExecutionPlan(graph.snapshot())
                .withGridScheduler(new GridScheduler("broken.kernel", grid))
                .execute();
        return out;
    }

    private static void assertFault(WorkItemOrder order, Kernel kernel, String... message) {
        assertThatThrownBy(() -> Emulator.withOrder(order)
                        .withChecks(true)
                        .withRaces(true)
                        .run(() -> run(kernel)))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageStartingWith("broken.kernel, group ")
                .hasMessageContainingAll(message)
                .hasMessageContaining("BrokenKernels.java:");
    }

    /** The other way to look, for what happens in local memory. */
    private static void assertDependsOnOrder(Kernel kernel) {
        assertThatThrownBy(() -> compareOrders(kernel))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("out differs at byte");
    }

    private static void compareOrders(Kernel kernel) {
        OrderComparison.requireSameResults(Emulator.withChecks(true).withRaces(true), () -> {
            MemorySegment out = run(kernel).getSegment();
            return Map.of("out", out);
        });
    }

    @Test
    void nothingIsReportedWhereNothingIsWrong() {
        compareOrders(BrokenKernels::sum);
        compareOrders(BrokenKernels::writesAgainAfterGlobalBarrier);
    }

    @Test
    void aMissingBarrierInAReductionShowsAsADifferenceBetweenOrders() {
        assertDependsOnOrder(BrokenKernels::sumWithoutBarrierInTheLoop);
    }

    @Test
    void localMemoryUsedAgainTooEarlyShowsAsADifferenceBetweenOrders() {
        assertDependsOnOrder(BrokenKernels::reusesLocalMemoryWithoutBarrier);
    }

    @ParameterizedTest
    @MethodSource("io.github.tornadoctc.emulator.OrderComparison#orders")
    void aBarrierThatSomeDoNotComeToIsDivergence(WorkItemOrder order) {
        assertFault(order, BrokenKernels::barrierInABranch, "barrier divergence");
        assertFault(order, BrokenKernels::asManyBarriersAsTheItemHasFrames, "barrier divergence");
    }

    @ParameterizedTest
    @MethodSource("io.github.tornadoctc.emulator.OrderComparison#orders")
    void anIndexPastTheEndIsNamed(WorkItemOrder order) {
        assertFault(order, BrokenKernels::readsPastTheEnd, "index 16 out of range for FloatArray of 16", "argument 2");
        assertFault(order, BrokenKernels::readsBeforeALocalArray, "Index -1 out of bounds for length 8");
    }

    @Test
    void aWriteBehindAnArrayIsNamed() {
        // with neighbours in another order, that they write to each other's elements is what comes first
        assertFault(
                WorkItemOrder.DESCENDING,
                BrokenKernels::writesPastTheEnd,
                "index 16 out of range for FloatArray of 16");
    }

    @Test
    void whatWasNeverWrittenToLocalMemoryIsNaN() {
        float[] results = run(BrokenKernels::leavesHalfOfALocalTableUnwritten).toHeapArray();
        assertThat(results[BrokenKernels.GROUP - 1]).isEqualTo(1f / 128);
        assertThat(results[BrokenKernels.GROUP]).isNaN();
    }

    @ParameterizedTest
    @MethodSource("io.github.tornadoctc.emulator.OrderComparison#orders")
    void twoItemsAtOneElementAreARace(WorkItemOrder order) {
        assertFault(order, BrokenKernels::addsWithoutAtomics, "writes element", "has written", "a race");
    }

    @ParameterizedTest
    @MethodSource("io.github.tornadoctc.emulator.OrderComparison#orders")
    void groupsHaveNoOrder(WorkItemOrder order) {
        Kernel kernel = BrokenKernels::readsWhatAnotherGroupWrites;
        if (order.equals(WorkItemOrder.ASCENDING)) {
            assertFault(order, kernel, "group 1", "reads element 0", "groups of a launch come in no order");
        } else {
            assertThatThrownBy(() -> Emulator.withOrder(order).withRaces(true).run(() -> run(kernel)))
                    .isInstanceOf(KernelFaultException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.tornadoctc.emulator.OrderComparison#orders")
    void aLocalBarrierIsNoGlobalBarrier(WorkItemOrder order) {
        assertFault(order, BrokenKernels::writesAgainAfterLocalBarrier, "writes element", "no globalBarrier between");
    }

    @ParameterizedTest
    @MethodSource("io.github.tornadoctc.emulator.OrderComparison#orders")
    void aBufferThatNothingWasWrittenToIsGarbage(WorkItemOrder order) {
        assertFault(order, BrokenKernels::addsToWhatIsThere, "reads element", "argument 3", "nothing was written to");
    }
}
