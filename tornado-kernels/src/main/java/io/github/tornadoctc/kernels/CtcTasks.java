package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.Stage;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

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
 *
 * <p>Tasks of the owner's with worker grids of their own need a local size that divides the global one, or a check that
 * {@code globalIdx} is inside their arrays: TornadoVM's CUDA backend rounds a grid without local size up to groups of 256.
 */
public final class CtcTasks {
    private static final String ROWS = Stage.ROWS.task();
    private static final String APPROACH = Stage.APPROACH.task();
    private static final String MEETING = Stage.MEETING.task();
    private static final String DEPART = Stage.DEPART.task();
    private static final String GRADIENT = Stage.GRADIENT.task();
    private static final String WIDEN = "ctcWiden";
    private static final String NARROW = "ctcNarrow";

    private final KernelContext context = new KernelContext();
    private final Capacity capacity;
    private final boolean gradient;
    private final boolean bfloat16;

    private final BatchDescription description;
    private final Likelihoods likelihoods;

    private final WorkerGrid rowGrid = new WorkerGrid1D(RowKernel.GROUP);
    private final WorkerGrid recursionGrid;
    private final WorkerGrid meetingGrid = new WorkerGrid1D(MeetingKernel.GROUP);
    private final WorkerGrid elementGrid = new WorkerGrid1D(NarrowKernels.GROUP);
    private boolean narrow;

    /** For scores of float32, or of 16 bits without a type of their own. */
    CtcTasks(Capacity capacity, boolean gradient) {
        this(capacity, gradient, false);
    }

    private CtcTasks(Capacity capacity, boolean gradient, boolean bfloat16) {
        this.capacity = capacity;
        this.gradient = gradient;
        this.bfloat16 = bfloat16;
        this.description = new BatchDescription((int) capacity.description());
        this.likelihoods = new Likelihoods(capacity.utterances());
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
        DeviceLimits limits = DeviceLimits.of(device, CtcConfiguration.defaults());
        Capacity capacity = Capacity.of(timeSteps, batchSize, symbols, maxTargetLength, true, limits.maxGroupSize());
        if (!limits.allows(capacity, true)) {
            throw new IllegalArgumentException(limits.refusal(capacity, true));
        }
        TornadoVMBackendType backend = device.getTornadoVMBackend();
        return new CtcTasks(
                capacity, true, backend == TornadoVMBackendType.CUDA || backend == TornadoVMBackendType.JAVA);
    }

    /**
     * Appends transfers and tasks to a graph.
     *
     * @param scores at least T·B·V scores in the layout of the batches, on the device by the time these tasks run
     * @param gradients as many elements, written; not used without gradient. May be the array of the scores, which
     *     it then replaces
     */
    public void appendTo(TaskGraph graph, FloatArray scores, FloatArray gradients) {
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, description.values());
        appendCtc(graph, scores, gradients);
    }

    private void appendCtc(TaskGraph graph, FloatArray scores, FloatArray gradients) {
        FloatArray rowMax = new FloatArray((int) capacity.rows());
        FloatArray rowInverseSum = new FloatArray((int) capacity.rows());
        FloatArray emissionMantissa = new FloatArray((int) capacity.emissions());
        IntArray emissionExponent = new IntArray((int) capacity.emissions());
        FloatArray stateMantissa = new FloatArray((int) capacity.states());
        IntArray stateExponent = new IntArray((int) capacity.states());
        FloatArray middleMantissa = new FloatArray((int) capacity.middle());
        IntArray middleExponent = new IntArray((int) capacity.middle());
        FloatArray borderMantissa = new FloatArray((int) capacity.borders());
        IntArray borderExponent = new IntArray((int) capacity.borders());
        int blocks = capacity.hasBlocks() ? 1 : 0;

        // on demand, which never comes: room on the device, and no copy of what the host never fills
        graph.transferToDevice(
                DataTransferMode.UNDER_DEMAND,
                rowMax,
                rowInverseSum,
                emissionMantissa,
                emissionExponent,
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
                emissionMantissa,
                emissionExponent);
        graph.task(
                APPROACH,
                RecursionKernel::recursion,
                context,
                description.values(),
                emissionMantissa,
                emissionExponent,
                stateMantissa,
                stateExponent,
                middleMantissa,
                middleExponent,
                borderMantissa,
                borderExponent,
                likelihoods.values(),
                capacity.lanes(),
                blocks,
                RecursionKernel.APPROACH,
                gradient ? 1 : 0);
        graph.task(
                MEETING,
                MeetingKernel::meet,
                context,
                description.values(),
                rowInverseSum,
                emissionMantissa,
                emissionExponent,
                middleMantissa,
                middleExponent,
                likelihoods.values());
        if (gradient) {
            graph.task(
                    DEPART,
                    RecursionKernel::recursion,
                    context,
                    description.values(),
                    emissionMantissa,
                    emissionExponent,
                    stateMantissa,
                    stateExponent,
                    middleMantissa,
                    middleExponent,
                    borderMantissa,
                    borderExponent,
                    likelihoods.values(),
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
                    likelihoods.values(),
                    gradients);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, likelihoods.values());
    }

    /**
     * The same for scores and gradients of 16 bits, as plain bits; float32 in between. On every device.
     *
     * @param format what the bits mean
     */
    public void appendTo(TaskGraph graph, ShortArray scores, ShortArray gradients, NarrowFloat format) {
        FloatArray wide = addWideTo(graph);
        graph.task(WIDEN, NarrowKernels::widenBits, context, description.values(), scores, wide, format.mantissaBits());
        appendCtc(graph, wide, wide);
        graph.task(
                NARROW,
                NarrowKernels::narrowBits,
                context,
                description.values(),
                wide,
                gradients,
                format.mantissaBits());
    }

    /** The same for TornadoVM's float16, on devices that have it: an OpenCL device needs {@code cl_khr_fp16}. */
    public void appendTo(TaskGraph graph, HalfFloatArray scores, HalfFloatArray gradients) {
        FloatArray wide = addWideTo(graph);
        graph.task(WIDEN, NarrowKernels::widenHalves, context, description.values(), scores, wide);
        appendCtc(graph, wide, wide);
        graph.task(NARROW, NarrowKernels::narrowHalves, context, description.values(), wide, gradients);
    }

    /**
     * The same for TornadoVM's bfloat16.
     *
     * @throws IllegalStateException unless the backend has it, which of TornadoVM 5.2.0's CUDA alone does; PTX would
     *     take the arrays and write beyond them. Their bits in a {@link ShortArray} do everywhere
     */
    public void appendTo(TaskGraph graph, BFloat16Array scores, BFloat16Array gradients) {
        if (!bfloat16) {
            throw new IllegalStateException("TornadoVM has bfloat16 arrays in its CUDA backend only; use a ShortArray");
        }
        int mantissaBits = NarrowFloat.BFLOAT16.mantissaBits();
        FloatArray wide = addWideTo(graph);
        graph.task(WIDEN, NarrowKernels::widenBFloats, context, description.values(), scores, wide, mantissaBits);
        appendCtc(graph, wide, wide);
        graph.task(NARROW, NarrowKernels::narrowBFloats, context, description.values(), wide, gradients, mantissaBits);
    }

    /** Room for the scores as float32, and then for their gradient. */
    private FloatArray addWideTo(TaskGraph graph) {
        narrow = true;
        FloatArray wide = new FloatArray((int) capacity.scores());
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, description.values());
        graph.transferToDevice(DataTransferMode.UNDER_DEMAND, wide);
        return wide;
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
        if (narrow) {
            grids.addWorkerGrid(name + WIDEN, elementGrid);
            grids.addWorkerGrid(name + NARROW, elementGrid);
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
        int rows = Math.max(part.batch().timeSteps() * part.size(), 1);
        int rowsPerGroup = RowKernel.GROUP / description.values().get(Header.LANES_PER_ROW);
        setGroups(rowGrid, Math.ceilDiv(rows, rowsPerGroup), RowKernel.GROUP);
        setGroups(recursionGrid, 2 * part.size(), capacity.lanes());
        setGroups(meetingGrid, part.size(), MeetingKernel.GROUP);
        setGroups(
                elementGrid,
                Math.ceilDiv(Math.max(rows * part.batch().symbols(), 1), NarrowKernels.GROUP),
                NarrowKernels.GROUP);
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
        likelihoods.read(part, options, result);
    }
}
