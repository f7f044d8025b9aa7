package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Captured plans, on the emulator or on a device; where a device has no CUDA graphs they are plain ones. */
@KernelTest
class DevicePlanTest {
    private final TornadoDevice device =
            TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
    private final IntArray values = IntArray.fromElements(1, 2, 3, 4);
    private final IntArray once = IntArray.fromElements(100, 100, 100, 100);
    private final IntArray sums = IntArray.fromElements(0, 0, 0, 0);
    private final WorkerGrid grid = new WorkerGrid1D(4);

    static void add(KernelContext context, IntArray values, IntArray once, IntArray sums) {
        int i = context.globalIdx;
        sums.set(i, values.get(i) + once.get(i));
    }

    private DevicePlan plan() {
        return new DevicePlan(graph(), new GridScheduler("plan.add", grid), device, CudaGraphs.use(device));
    }

    private TaskGraph graph() {
        return new TaskGraph("plan")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, values, sums)
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, once)
                .task("add", DevicePlanTest::add, new KernelContext(), values, once, sums)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, sums);
    }

    private void executeOn(DevicePlan plan, int workItems) {
        LossTasks.setGroups(grid, workItems, 1);
        sums.init(0);
        plan.execute();
    }

    @Test
    void newContentsAreSeen() {
        try (DevicePlan plan = plan()) {
            executeOn(plan, 4);
            values.set(3, 9);
            executeOn(plan, 4);
        }
        assertThat(sums.toHeapArray()).containsExactly(101, 102, 103, 109);
    }

    @Test
    void gridsThatHaveChangedAreNeverReplayed() {
        try (DevicePlan plan = plan()) {
            executeOn(plan, 2);
            assertThat(sums.toHeapArray()).startsWith(101, 102);
            executeOn(plan, 4);
            assertThat(sums.toHeapArray()).containsExactly(101, 102, 103, 104);
            values.set(0, 5);
            executeOn(plan, 3);
            assertThat(sums.toHeapArray()).startsWith(105, 102, 103);
        }
    }

    @Test
    void thereIsOneCaptureForGridsThatStay() {
        try (DevicePlan plan = plan()) {
            executeOn(plan, 4);
            executeOn(plan, 4);
            executeOn(plan, 4);
            assertThat(plan.opened()).isEqualTo(1);
        }
    }

    @Test
    void aProfiledExecutionIsNoReplayAndThoseAfterItAre() {
        try (DevicePlan plan = plan()) {
            executeOn(plan, 4);
            assertThat(plan.profile(List.of(sums)).bytesOut()).isEqualTo(sums.getNumBytesOfSegmentWithHeader());
            assertThat(sums.toHeapArray()).containsExactly(101, 102, 103, 104);
            values.set(1, 7);
            executeOn(plan, 4);
            assertThat(sums.toHeapArray()).containsExactly(101, 107, 103, 104);
        }
    }

    /** What capturing again rests on, on devices that have no CUDA graphs as well. */
    @Test
    void aGraphServesOnePlanAfterAnother() {
        TaskGraph graph = graph();
        GridScheduler grids = new GridScheduler("plan.add", grid);
        for (int i = 0; i < 3; i++) {
            once.init(10 * i);
            try (DevicePlan plan = new DevicePlan(graph, grids, device)) {
                executeOn(plan, 4);
                executeOn(plan, 4);
            }
            assertThat(sums.toHeapArray()).containsExactly(10 * i + 1, 10 * i + 2, 10 * i + 3, 10 * i + 4);
        }
    }

    @Test
    void nothingIsReadBeforeAnExecution() {
        try (DevicePlan plan = plan()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> plan.transferToHost(sums))
                    .withMessage("nothing has been computed yet");
        }
    }
}
