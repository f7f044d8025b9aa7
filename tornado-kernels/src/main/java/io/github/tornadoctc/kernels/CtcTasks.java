package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * CTC's tasks and their buffers, to be appended to a task graph. Scores and gradient are arrays of the graph's owner
 * and never leave the device on account of these tasks; what travels in is the description of the batch, what travels
 * out are B likelihoods.
 */
final class CtcTasks {
    private final Capacity capacity;
    private final boolean gradient;

    private final BatchDescription description;
    private final FloatArray weights;
    private final FloatArray likelihoodMantissa;
    private final IntArray likelihoodExponent;

    private final WorkerGrid rowGrid = new WorkerGrid1D(RowKernel.GROUP);
    private final WorkerGrid recursionGrid;
    private final WorkerGrid meetingGrid = new WorkerGrid1D(MeetingKernel.GROUP);

    CtcTasks(Capacity capacity, boolean gradient) {
        this.capacity = capacity;
        this.gradient = gradient;
        this.description = new BatchDescription((int) capacity.description());
        this.weights = new FloatArray(capacity.utterances());
        this.likelihoodMantissa = new FloatArray(capacity.utterances());
        this.likelihoodExponent = new IntArray(capacity.utterances());
        this.recursionGrid = new WorkerGrid1D(capacity.lanes());
    }

    /**
     * Appends transfers and tasks to a graph.
     *
     * @param scores the T·B·V scores, on the device by the time these tasks run
     * @param gradients as many elements, written; not used without gradient
     * @param scheduler gets the tasks' worker grids
     */
    void appendTo(TaskGraph graph, FloatArray scores, FloatArray gradients, GridScheduler scheduler) {
        KernelContext context = new KernelContext();
        FloatArray rowMax = new FloatArray((int) capacity.rows());
        FloatArray rowInverseSum = new FloatArray((int) capacity.rows());
        FloatArray rowScale = new FloatArray((int) capacity.rows());
        IntArray rowExponent = new IntArray((int) capacity.rows());
        FloatArray stateMantissa = new FloatArray((int) capacity.states());
        IntArray stateExponent = new IntArray((int) capacity.states());
        FloatArray middleMantissa = new FloatArray((int) capacity.middle());
        IntArray middleExponent = new IntArray((int) capacity.middle());
        FloatArray borderMantissa = new FloatArray((int) capacity.borders());
        IntArray borderExponent = new IntArray((int) capacity.borders());
        int blocks = capacity.hasBlocks() ? 1 : 0;

        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, description.values());
        // on demand, which never comes: room on the device, and no copy of what the host never fills
        graph.transferToDevice(
                DataTransferMode.UNDER_DEMAND,
                rowMax,
                rowInverseSum,
                rowScale,
                rowExponent,
                stateMantissa,
                stateExponent,
                middleMantissa,
                middleExponent,
                borderMantissa,
                borderExponent);
        graph.task(
                "rows",
                RowKernel::rowStatistics,
                context,
                description.values(),
                scores,
                rowMax,
                rowInverseSum,
                rowScale,
                rowExponent);
        graph.task(
                "approach",
                RecursionKernel::recursion,
                context,
                description.values(),
                scores,
                rowScale,
                rowExponent,
                stateMantissa,
                stateExponent,
                middleMantissa,
                middleExponent,
                borderMantissa,
                borderExponent,
                likelihoodExponent,
                capacity.lanes(),
                blocks,
                RecursionKernel.APPROACH,
                gradient ? 1 : 0);
        graph.task(
                "meeting",
                MeetingKernel::meet,
                context,
                description.values(),
                scores,
                rowScale,
                rowExponent,
                middleMantissa,
                middleExponent,
                likelihoodMantissa,
                likelihoodExponent);
        String name = graph.getTaskGraphName() + ".";
        scheduler.addWorkerGrid(name + "rows", rowGrid);
        scheduler.addWorkerGrid(name + "approach", recursionGrid);
        scheduler.addWorkerGrid(name + "meeting", meetingGrid);
        if (gradient) {
            graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, weights);
            graph.task(
                    "depart",
                    RecursionKernel::recursion,
                    context,
                    description.values(),
                    scores,
                    rowScale,
                    rowExponent,
                    stateMantissa,
                    stateExponent,
                    middleMantissa,
                    middleExponent,
                    borderMantissa,
                    borderExponent,
                    likelihoodExponent,
                    capacity.lanes(),
                    blocks,
                    RecursionKernel.DEPART,
                    1);
            graph.task(
                    "gradient",
                    GradientKernel::gradient,
                    context,
                    description.values(),
                    scores,
                    rowMax,
                    rowInverseSum,
                    stateMantissa,
                    likelihoodExponent,
                    weights,
                    gradients);
            scheduler.addWorkerGrid(name + "depart", recursionGrid);
            scheduler.addWorkerGrid(name + "gradient", rowGrid);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, likelihoodMantissa, likelihoodExponent);
    }

    /** Readies the next execution for what is within the capacity, with at least one utterance; scores are not read. */
    void prepare(BatchPart part, CtcOptions options) {
        description.fill(part, options);
        for (int b = 0; b < part.size(); b++) {
            weights.set(b, (float) options.reduction().weight(part.batch(), part.first() + b));
        }
        int rows = Math.max(part.batch().timeSteps() * part.size(), 1);
        int rowsPerGroup = RowKernel.GROUP / description.values().get(Header.LANES_PER_ROW);
        setGroups(rowGrid, Math.ceilDiv(rows, rowsPerGroup), RowKernel.GROUP);
        setGroups(recursionGrid, 2 * part.size(), capacity.lanes());
        setGroups(meetingGrid, part.size(), MeetingKernel.GROUP);
    }

    private static void setGroups(WorkerGrid grid, int groups, int workItems) {
        grid.setGlobalWork((long) groups * workItems, 1, 1);
        grid.setLocalWork(workItems, 1, 1);
    }

    /** Losses and statuses of what was executed last. */
    void readLosses(BatchPart part, CtcOptions options, CtcResult result) {
        CtcBatch batch = part.batch();
        for (int b = 0; b < part.size(); b++) {
            int utterance = part.first() + b;
            if (batch.inputLength(utterance) == 0) {
                boolean empty = batch.targetLength(utterance) == 0;
                result.set(utterance, empty ? CtcStatus.OK : CtcStatus.INFEASIBLE, 0, options);
            } else {
                result.set(utterance, status(b), loss(b), options);
            }
        }
    }

    private CtcStatus status(int b) {
        int exponent = likelihoodExponent.get(b);
        if (exponent == MeetingKernel.NON_FINITE) {
            return CtcStatus.NON_FINITE;
        }
        return exponent == MeetingKernel.INFEASIBLE ? CtcStatus.INFEASIBLE : CtcStatus.OK;
    }

    /** −ln of mantissa · 2^exponent, the one logarithm of the whole computation; in double, since it is large. */
    private double loss(int b) {
        return -(Math.log(likelihoodMantissa.get(b)) + likelihoodExponent.get(b) * Math.log(2));
    }
}
