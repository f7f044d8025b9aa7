package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;

/** The grid of tasks with one work-item for each score, as {@link NarrowKernels} have. */
final class ElementTasks {
    private final WorkerGrid grid = new WorkerGrid1D(NarrowKernels.GROUP);

    /** Makes it the grid of a task. */
    void add(GridScheduler grids, String graph, String task) {
        grids.addWorkerGrid(graph + "." + task, grid);
    }

    /** Sets it for the next execution. */
    void prepare(long elements) {
        int groups = Math.toIntExact(Math.ceilDiv(Math.max(elements, 1), NarrowKernels.GROUP));
        LossTasks.setGroups(grid, groups, NarrowKernels.GROUP);
    }
}
