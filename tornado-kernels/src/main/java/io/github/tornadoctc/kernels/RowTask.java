package io.github.tornadoctc.kernels;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link RowKernel} as a task of a graph, and the grid of kernels that go over rows.
 *
 * @param rowMax see {@link RowKernel#rows}, as the others
 * @param softmax where the {@link Softmax} goes; null if nowhere
 * @param device what it is compiled for
 * @param constants what else it is compiled with
 */
record RowTask(
        IntArray description,
        FloatArray scores,
        FloatArray rowMax,
        FloatArray rowInverseSum,
        FloatArray rowNormaliser,
        LongArray emissions,
        @Nullable FloatArray softmax,
        RowDevice device,
        KernelConstants constants) {

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
                emissions,
                softmax == null ? scores : softmax,
                device.exactExponential() ? 1 : 0,
                softmax == null ? 0 : 1,
                Math.max(constants.keptOfGroup(device.localMemory()), 1),
                constants.rowGroup());
    }

    /** A grid that {@link #setGroups} is to make large enough. */
    static WorkerGrid grid() {
        return new WorkerGrid1D(RowLanes.MOST);
    }

    /** Makes a grid of groups of that size large enough for the rows of a part of a batch, which has been described. */
    static void setGroups(WorkerGrid grid, BatchPart part, IntArray description, int group) {
        setGroups(grid, part, description.get(Header.LOG2_LANES_PER_ROW), group);
    }

    /** The same for rows of so many work-items, by their logarithm to the base 2. */
    static void setGroups(WorkerGrid grid, BatchPart part, int log2Lanes, int group) {
        int rows = Math.max(part.timeSteps() * part.size(), 1);
        LossTasks.setGroups(grid, Math.ceilDiv(rows, group >> log2Lanes), group);
    }
}
