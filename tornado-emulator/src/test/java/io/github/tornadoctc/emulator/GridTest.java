package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.WorkerGrid3D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class GridTest {
    private static void place(KernelContext c, IntArray out) {
        int i = c.globalIdx + c.globalGroupSizeX * (c.globalIdy + c.globalGroupSizeY * c.globalIdz);
        out.set(4 * i, 100 * c.groupIdx + 10 * c.groupIdy + c.groupIdz);
        out.set(4 * i + 1, 100 * c.localIdx + 10 * c.localIdy + c.localIdz);
        out.set(4 * i + 2, 100 * c.localGroupSizeX + 10 * c.localGroupSizeY + c.localGroupSizeZ);
        out.set(4 * i + 3, 100 * c.globalGroupSizeX + 10 * c.globalGroupSizeY + c.globalGroupSizeZ);
    }

    private static IntArray places(WorkerGrid grid, int items) {
        IntArray out = new IntArray(4 * items);
        OneTask.run(grid, graph -> graph.task("t", GridTest::place, new KernelContext(), out), out);
        return out;
    }

    @Test
    void aOneDimensionalGridHasSizeOneAlongTheOtherAxes() {
        WorkerGrid grid = new WorkerGrid1D(4);
        grid.setLocalWork(2, 1, 1);
        assertThat(places(grid, 4).slice(12, 4).toHeapArray()).containsExactly(100, 100, 211, 411);
    }

    @Test
    void aTwoDimensionalGridCountsBothAxes() {
        WorkerGrid grid = new WorkerGrid2D(6, 4);
        grid.setLocalWork(3, 2, 1);
        IntArray out = places(grid, 24);
        int item = 4 + 6 * 3;
        assertThat(out.slice(4 * item, 4).toHeapArray()).containsExactly(110, 110, 321, 641);
        for (int i = 0; i < 24; i++) {
            int x = i % 6;
            int y = i / 6;
            assertThat(out.get(4 * i)).isEqualTo(100 * (x / 3) + 10 * (y / 2));
            assertThat(out.get(4 * i + 1)).isEqualTo(100 * (x % 3) + 10 * (y % 2));
        }
    }

    @Test
    void aThreeDimensionalGridCountsAllAxes() {
        WorkerGrid grid = new WorkerGrid3D(2, 2, 4);
        grid.setLocalWork(1, 2, 2);
        int item = 1 + 2 * (1 + 2 * 3);
        assertThat(places(grid, 16).slice(4 * item, 4).toHeapArray()).containsExactly(101, 11, 122, 224);
    }

    @ParameterizedTest
    @CsvSource({"512, 256, 512", "300, 256, 512", "7, 7, 7", "257, 256, 512"})
    void withoutALocalSizeTheGlobalOneIsRoundedUpToGroupsOf256(int global, int local, int items) {
        assertThat(places(new WorkerGrid1D(global), items).get(2)).isEqualTo(100 * local + 11);
    }

    @Test
    void whoeverCountsOnExactlyTheGlobalSizeIsFound() {
        assertThatThrownBy(() -> places(new WorkerGrid1D(300), 300))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("1200");
    }

    @Test
    void theGlobalSizeHasToBeAMultipleOfTheLocalSize() {
        WorkerGrid grid = new WorkerGrid1D(10);
        grid.setLocalWork(4, 1, 1);
        assertThatThrownBy(() -> places(grid, 10))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessage("g.t: the global size 10 along x is not a multiple of the local size 4");
    }

    @Test
    void aGroupHasAtMost1024Items() {
        WorkerGrid grid = new WorkerGrid2D(64, 32);
        grid.setLocalWork(64, 32, 1);
        assertThatThrownBy(() -> places(grid, 2048))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessage("g.t: a group of 2048 work-items is more than the device's 1024");
    }

    @Test
    void aSizeOfZeroIsAnError() {
        assertThatThrownBy(() -> places(new WorkerGrid1D(0), 1))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessage("g.t: the global size along x is 0");
    }

    @Test
    void aGlobalOffsetIsAnError() {
        WorkerGrid grid = new WorkerGrid1D(4);
        grid.setGlobalOffset(2, 0, 0);
        assertThatThrownBy(() -> places(grid, 4))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("g.t: a global offset is not emulated");
    }

    private static TornadoExecutionPlan planOf(IntArray out) {
        return new TornadoExecutionPlan(new TaskGraph("g")
                .task("t", GridTest::place, new KernelContext(), out)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, out)
                .snapshot());
    }

    @Test
    void aTaskWithAContextNeedsAGrid() {
        TornadoExecutionPlan plan = planOf(new IntArray(4));
        assertThatThrownBy(plan::execute)
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("g.t has a KernelContext but no worker grid");
    }

    @Test
    void aGridForATaskThatThePlanDoesNotHaveIsAnError() {
        TornadoExecutionPlan plan = planOf(new IntArray(4));
        GridScheduler scheduler = new GridScheduler("g.t", new WorkerGrid1D(1));
        scheduler.addWorkerGrid("g.u", new WorkerGrid1D(1));
        assertThatThrownBy(() -> plan.withGridScheduler(scheduler))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessage("the grid scheduler names [g.u], the tasks of the plan are [g.t]");
    }

    @Test
    void theGlobalSizeMayChangeBetweenExecutions() {
        IntArray out = new IntArray(16);
        WorkerGrid grid = new WorkerGrid1D(2);
        grid.setLocalWork(2, 1, 1);
        TornadoExecutionPlan plan = planOf(out).withGridScheduler(new GridScheduler("g.t", grid));
        plan.execute();
        assertThat(out.get(3)).isEqualTo(211);
        grid.setGlobalWork(4, 1, 1);
        plan.execute();
        assertThat(out.get(3)).isEqualTo(411);
    }
}
