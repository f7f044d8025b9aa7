package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@link RowKernel} as a task of a graph, and the grid of kernels that go over rows.
 *
 * @param rowMax see {@link RowKernel#rows}, as the others
 */
record RowTask(
        IntArray description,
        FloatArray scores,
        FloatArray rowMax,
        FloatArray rowInverseSum,
        FloatArray rowNormaliser,
        ExtendedIntArray emissions) {

    /** Appends the task; {@code task} is its name. */
    void addTo(TaskGraph graph, String task, KernelContext context) {
        graph.task(
                task,
                RowKernel::rows,
                context,
                description,
                scores,
                rowMax,
                rowInverseSum,
                rowNormaliser,
                emissions.mantissas(),
                emissions.exponents());
    }

    /** A grid that {@link #setGroups} is to make large enough. */
    static WorkerGrid grid() {
        return new WorkerGrid1D(RowKernel.GROUP);
    }

    /** Makes a grid large enough for the rows of a part of a batch, which has been described. */
    static void setGroups(WorkerGrid grid, BatchPart part, IntArray description) {
        int rows = Math.max(part.timeSteps() * part.size(), 1);
        int rowsPerGroup = RowKernel.GROUP / description.get(Header.LANES_PER_ROW);
        LossTasks.setGroups(grid, Math.ceilDiv(rows, rowsPerGroup), RowKernel.GROUP);
    }
}
