package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.kernels.profile.Stage;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * CTC as tasks of a task graph, for scores that another task of it has computed and a gradient that the next one uses.
 * Both are arrays of the graph's owner and stay on the device; what travels in at each execution are the lengths and
 * labels of the batch, what travels out are B likelihoods.
 *
 * <pre>{@code
 * CtcTasks ctc = CtcTasks.forBatches(T, B, V, U, device);
 * GridScheduler grids = new GridScheduler();
 * TaskGraph graph = new TaskGraph("step").task("model", …, logits);
 * ctc.appendTo(graph, logits, gradient);
 * ctc.addGridsTo(graph, grids);
 * graph.task("update", …, gradient);
 * …
 * ctc.prepare(batch, options);
 * plan.withGridScheduler(grids).execute();
 * ctc.readLosses(batch, options, result);
 * }</pre>
 */
public final class CtcTasks {
    private static final String ROWS = Stage.ROWS.task();
    private static final String APPROACH = Stage.APPROACH.task();
    private static final String MEETING = Stage.MEETING.task();
    private static final String DEPART = Stage.DEPART.task();
    private static final String GRADIENT = Stage.GRADIENT.task();

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
     * Tasks for batches of at most these sizes, with gradient.
     *
     * @param timeSteps T
     * @param batchSize B
     * @param symbols V
     * @param maxTargetLength Umax
     * @param device the device that the graph will run on
     * @throws IllegalArgumentException if the buffers do not fit the device, naming the bytes
     */
    public static CtcTasks forBatches(
            int timeSteps, int batchSize, int symbols, int maxTargetLength, TornadoDevice device) {
        DeviceLimits limits = DeviceLimits.of(device);
        Capacity capacity = Capacity.of(timeSteps, batchSize, symbols, maxTargetLength, true, limits.maxGroupSize());
        if (!limits.allows(capacity, true)) {
            throw new IllegalArgumentException(limits.refusal(capacity, true));
        }
        return new CtcTasks(capacity, true);
    }

    /**
     * Appends transfers and tasks to a graph.
     *
     * @param scores at least T·B·V scores in the layout of the batches, on the device by the time these tasks run
     * @param gradients as many elements, written; not used without gradient
     */
    public void appendTo(TaskGraph graph, FloatArray scores, FloatArray gradients) {
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
                ROWS,
                RowKernel::rowStatistics,
                context,
                description.values(),
                scores,
                rowMax,
                rowInverseSum,
                rowScale,
                rowExponent);
        graph.task(
                APPROACH,
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
                MEETING,
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
        if (gradient) {
            graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, weights);
            graph.task(
                    DEPART,
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
                    GRADIENT,
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
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, likelihoodMantissa, likelihoodExponent);
    }

    /** Adds the worker grids of the tasks that were appended to a graph; {@link #prepare} sets their sizes. */
    public void addGridsTo(TaskGraph graph, GridScheduler grids) {
        String name = graph.getTaskGraphName() + ".";
        grids.addWorkerGrid(name + ROWS, rowGrid);
        grids.addWorkerGrid(name + APPROACH, recursionGrid);
        grids.addWorkerGrid(name + MEETING, meetingGrid);
        if (gradient) {
            grids.addWorkerGrid(name + DEPART, recursionGrid);
            grids.addWorkerGrid(name + GRADIENT, rowGrid);
        }
    }

    /**
     * Readies the next execution.
     *
     * @param batch its lengths, labels and layout; its scores are not read
     * @throws IllegalArgumentException if the batch is empty or larger than these tasks were made for
     */
    public void prepare(CtcBatch batch, CtcOptions options) {
        BatchPart all = BatchPart.all(batch);
        if (batch.batchSize() == 0 || !capacity.covers(Capacity.of(all, options.gradient(), capacity.lanes()))) {
            throw new IllegalArgumentException(
                    "batch of %d × %d × %d with targets of up to %d is empty or larger than %s"
                            .formatted(
                                    batch.timeSteps(),
                                    batch.batchSize(),
                                    batch.symbols(),
                                    batch.maxTargetLength(),
                                    capacity));
        }
        prepare(all, options);
    }

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

    /** Writes losses, statuses and the reduced loss of the batch that was executed last. */
    public void readLosses(CtcBatch batch, CtcOptions options, CtcResult result) {
        readLosses(BatchPart.all(batch), options, result);
        result.reduce(batch, options);
    }

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
