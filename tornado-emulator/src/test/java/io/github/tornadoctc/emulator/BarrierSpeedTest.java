package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Barriers have to be cheap enough to test kernels that meet one per time step. Figures are printed. */
class BarrierSpeedTest {
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

    private static double seconds(int groups, int lanes, int steps) throws Exception {
        FloatArray out = new FloatArray(groups * lanes);
        TaskGraph graph = new TaskGraph("speed")
                .task("rotate", BarrierSpeedTest::rotate, new KernelContext(), out, steps)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        WorkerGrid grid = new WorkerGrid1D(groups * lanes);
        grid.setLocalWork(lanes, 1, 1);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withGridScheduler(new GridScheduler("speed.rotate", grid));
            long start = System.nanoTime();
            plan.execute();
            double seconds = (System.nanoTime() - start) / 1e9;
            for (int i = 0; i < groups * lanes; i++) {
                assertThat(out.get(i)).isEqualTo(Math.floorMod(i % lanes - steps, lanes));
            }
            long switches = (long) groups * lanes * (2 * steps + 1);
            System.out.printf(
                    "%d groups of %d, %d barriers: %.3f s, %.2f million switches/s%n",
                    groups, lanes, 2 * steps + 1, seconds, switches / seconds / 1e6);
            return seconds;
        }
    }

    @Test
    void twoHundredBarriersOfSixteenGroupsOfSixtyFourTakeLessThanTwoSeconds() throws Exception {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 5; i++) {
            best = Math.min(best, seconds(16, 64, 100));
        }
        assertThat(best).isLessThan(2.0);
    }

    @Test
    void aThousandBarriersOfTwoHundredFiftySixItemsFinish() throws Exception {
        assertThat(seconds(1, 256, 500)).isPositive();
    }
}
