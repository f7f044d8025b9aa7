package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoProfilerResult;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What a captured graph replays, as TornadoVM's source has it. */
class CudaGraphTest {
    private final IntArray factor = IntArray.fromElements(2);
    private final IntArray values = IntArray.fromElements(1, 2, 3, 4);
    private final IntArray products = IntArray.fromElements(0, 0, 0, 0);
    private final WorkerGrid grid = new WorkerGrid1D(4);

    static void multiply(KernelContext context, IntArray factor, IntArray values, IntArray products) {
        products.set(context.globalIdx, factor.get(0) * values.get(context.globalIdx));
    }

    private TornadoExecutionPlan plan() {
        TaskGraph graph = new TaskGraph("graph")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, factor, products)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, values)
                .task("multiply", CudaGraphTest::multiply, new KernelContext(), factor, values, products)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, products);
        return new TornadoExecutionPlan(graph.snapshot()).withGridScheduler(new GridScheduler("graph.multiply", grid));
    }

    @Test
    void newContentsOfWhatTravelsEveryTimeAreCopiedIn() {
        TornadoExecutionPlan plan = plan().withCUDAGraph();
        plan.execute();
        assertThat(products.toHeapArray()).containsExactly(2, 4, 6, 8);

        values.set(0, 10);
        factor.set(0, 7);
        plan.execute();
        assertThat(products.toHeapArray()).containsExactly(20, 4, 6, 8);
    }

    @Test
    void aGridThatHasChangedIsNotNoticed() {
        TornadoExecutionPlan plan = plan().withCUDAGraph();
        grid.setGlobalWork(2, 1, 1);
        plan.execute();
        assertThat(products.toHeapArray()).containsExactly(2, 4, 0, 0);

        grid.setGlobalWork(4, 1, 1);
        plan.execute();
        assertThat(products.toHeapArray()).containsExactly(2, 4, 0, 0);
    }

    @Test
    void freeingTheMemoryForgetsTheCapture() {
        TornadoExecutionPlan plan = plan().withCUDAGraph();
        grid.setGlobalWork(2, 1, 1);
        plan.execute();
        plan.freeDeviceMemory();

        grid.setGlobalWork(4, 1, 1);
        factor.set(0, 3);
        plan.execute();
        assertThat(products.toHeapArray()).containsExactly(3, 6, 9, 12);
    }

    @Test
    void memoryThatAnotherGraphHasGivenBackIsAnError() {
        TaskGraph model = new TaskGraph("model")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, factor, values, products)
                .task("model", CudaGraphTest::multiply, new KernelContext(), factor, values, products)
                .persistOnDevice(products);
        IntArray squares = new IntArray(4);
        TaskGraph loss = new TaskGraph("loss")
                .consumeFromDevice("model", products)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, factor)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, squares)
                .task("loss", CudaGraphTest::multiply, new KernelContext(), factor, products, squares)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, squares);
        GridScheduler grids = new GridScheduler("model.model", grid);
        grids.addWorkerGrid("loss.loss", grid);
        TornadoExecutionPlan plan =
                new TornadoExecutionPlan(model.snapshot(), loss.snapshot()).withGridScheduler(grids);
        plan.withGraph(0).execute();
        plan.withGraph(1).withCUDAGraph().execute();
        assertThat(squares.toHeapArray()).containsExactly(4, 8, 12, 16);

        plan.withGraph(0).freeDeviceMemory();
        plan.withGraph(0).execute();
        assertThatThrownBy(() -> plan.withGraph(1).execute())
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("graph loss was captured with memory");
    }

    @Test
    void aPlanThatHasBeenExecutedIsNotCaptured() {
        TornadoExecutionPlan plan = plan();
        plan.execute();
        assertThatThrownBy(plan::withCUDAGraph)
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("only before the first execution");
    }

    @Test
    void aProfileSeesOnlyWhatIsOutsideTheGraph() {
        TornadoExecutionPlan plan = plan().withCUDAGraph().withProfiler(ProfilerMode.SILENT);
        TornadoProfilerResult first = plan.execute().getProfilerResult();
        assertThat(first.getTotalBytesCopyIn())
                .isEqualTo(factor.getNumBytesOfSegmentWithHeader() + products.getNumBytesOfSegmentWithHeader());
        TornadoProfilerResult second = plan.execute().getProfilerResult();
        assertThat(second.getTotalBytesTransferred()).isZero();
        assertThat(second.getDeviceKernelTime()).isZero();
    }
}
