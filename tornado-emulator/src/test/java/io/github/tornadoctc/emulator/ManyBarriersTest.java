package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A kernel that meets a barrier per time step, as recursions do. */
class ManyBarriersTest {
    private static void rotate(KernelContext context, FloatArray out, int steps) {
        float[] ring = context.allocateFloatLocalArray(256);
        int lane = context.localIdx;
        int lanes = context.localGroupSizeX;
        ring[lane] = lane;
        context.localBarrier();
        for (int t = 0; t < steps; t++) {
            float left = ring[(lane + lanes - 1) % lanes];
            context.localBarrier();
            ring[lane] = left;
            context.localBarrier();
        }
        out.set(context.globalIdx, ring[lane]);
    }

    /** What each item holds at the end: the number of the item {@code steps} places before it. */
    private static FloatArray rotated(int groups, int lanes, int steps) throws TornadoExecutionPlanException {
        FloatArray out = new FloatArray(groups * lanes);
        TaskGraph graph = new TaskGraph("many")
                .task("rotate", ManyBarriersTest::rotate, new KernelContext(), out, steps)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        WorkerGrid grid = new WorkerGrid1D(groups * lanes);
        grid.setLocalWork(lanes, 1, 1);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withGridScheduler(new GridScheduler("many.rotate", grid)).execute();
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({"16, 64, 100", "1, 256, 500"})
    void everyItemMeetsEveryBarrier(int groups, int lanes, int steps) throws TornadoExecutionPlanException {
        FloatArray out = rotated(groups, lanes, steps);

        for (int i = 0; i < groups * lanes; i++) {
            assertThat(out.get(i)).isEqualTo(Math.floorMod(i % lanes - steps, lanes));
        }
    }
}
