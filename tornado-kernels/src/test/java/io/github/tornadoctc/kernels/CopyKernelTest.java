package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What measures the memory copies all of it, once. */
@KernelTest
class CopyKernelTest {
    private static final int GROUPS = 3;
    private static final int WIDTH = 64;

    @Test
    void everyFloatIsCopied() {
        FloatArray from = new FloatArray(GROUPS * WIDTH * CopyKernel.ELEMENTS);
        for (int i = 0; i < from.getSize(); i++) {
            from.set(i, i);
        }
        FloatArray to = new FloatArray(from.getSize());
        to.init(-1f);
        TaskGraph graph = new TaskGraph("copied")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, from, to)
                .task("copy", CopyKernel::copy, new KernelContext(), from, to, WIDTH)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, to);
        WorkerGrid grid = new WorkerGrid1D(WIDTH);
        LossTasks.setGroups(grid, GROUPS, WIDTH);
        try (DevicePlan plan = new DevicePlan(
                graph,
                new GridScheduler("copied.copy", grid),
                TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice())) {
            plan.execute();
        }
        assertThat(to.toHeapArray()).isEqualTo(from.toHeapArray());
    }
}
