package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The task graph with its buffers, compiled at its first batch for one device, for batches within a capacity. */
final class CtcPlan implements AutoCloseable {
    private static final String GRAPH = "ctc";

    private final Capacity capacity;
    private final boolean gradient;

    private final IntArray sizes = new IntArray(Sizes.COUNT);
    private final IntArray inputLengths;
    private final IntArray targetLengths;
    private final FloatArray weights;
    private final TargetIndex targets;
    private final FloatArray scores;
    private final FloatArray likelihoodMantissa;
    private final IntArray likelihoodExponent;
    private final IntArray status;
    private final FloatArray gradients;

    private final WorkerGrid rowGrid = new WorkerGrid1D(RowKernel.GROUP);
    private final WorkerGrid recursionGrid;
    private final WorkerGrid meetingGrid = new WorkerGrid1D(MeetingKernel.GROUP);
    private final GridScheduler scheduler = new GridScheduler();
    private final TornadoExecutionPlan plan;

    CtcPlan(Capacity capacity, boolean gradient, TornadoDevice device) {
        this.capacity = capacity;
        this.gradient = gradient;
        this.inputLengths = new IntArray(capacity.utterances());
        this.targetLengths = new IntArray(capacity.utterances());
        this.weights = new FloatArray(capacity.utterances());
        this.targets = new TargetIndex(capacity.utterances(), capacity.labels());
        this.scores = new FloatArray(Math.max(capacity.scores(), 1));
        this.likelihoodMantissa = new FloatArray(capacity.utterances());
        this.likelihoodExponent = new IntArray(capacity.utterances());
        this.status = new IntArray(capacity.utterances());
        this.gradients = new FloatArray(gradient ? Math.max(capacity.scores(), 1) : 1);
        this.recursionGrid = new WorkerGrid1D(capacity.lanes());
        this.plan = new TornadoExecutionPlan(taskGraph().snapshot()).withDevice(device);
    }

    private TaskGraph taskGraph() {
        KernelContext context = new KernelContext();
        FloatArray rowMax = new FloatArray(Math.max(capacity.rows(), 1));
        FloatArray rowInverseSum = new FloatArray(rowMax.getSize());
        FloatArray rowScale = new FloatArray(rowMax.getSize());
        IntArray rowExponent = new IntArray(rowMax.getSize());
        FloatArray stateMantissa = new FloatArray(Math.max(capacity.states(), 1));
        IntArray stateExponent = new IntArray(stateMantissa.getSize());
        FloatArray middleMantissa = new FloatArray(capacity.middle());
        IntArray middleExponent = new IntArray(capacity.middle());
        FloatArray borderMantissa = new FloatArray(Math.max(capacity.borders(), 1));
        IntArray borderExponent = new IntArray(borderMantissa.getSize());

        int blocks = capacity.borders() > 0 ? 1 : 0;

        List<Object> inputs = new ArrayList<>(List.of(sizes, inputLengths, targetLengths, targets.labels, scores));
        List<Object> outputs = new ArrayList<>(List.of(likelihoodMantissa, likelihoodExponent, status));
        if (gradient) {
            inputs.addAll(Arrays.asList(targets.forGradient()));
            inputs.add(weights);
            outputs.add(gradients);
        }

        TaskGraph graph = new TaskGraph(GRAPH);
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, inputs.toArray());
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
                name("rows", rowGrid),
                RowKernel::rowStatistics,
                context,
                sizes,
                inputLengths,
                scores,
                rowMax,
                rowInverseSum,
                rowScale,
                rowExponent);
        graph.task(
                name("approach", recursionGrid),
                RecursionKernel::recursion,
                context,
                sizes,
                inputLengths,
                targetLengths,
                targets.labels,
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
                name("meeting", meetingGrid),
                MeetingKernel::meet,
                context,
                sizes,
                inputLengths,
                targetLengths,
                targets.labels,
                scores,
                rowScale,
                rowExponent,
                middleMantissa,
                middleExponent,
                likelihoodMantissa,
                likelihoodExponent,
                status);
        if (gradient) {
            graph.task(
                    name("depart", recursionGrid),
                    RecursionKernel::recursion,
                    context,
                    sizes,
                    inputLengths,
                    targetLengths,
                    targets.labels,
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
                    name("gradient", rowGrid),
                    GradientKernel::gradient,
                    context,
                    sizes,
                    inputLengths,
                    targetLengths,
                    targets.labels,
                    targets.occurrences,
                    targets.symbolStarts,
                    targets.symbolCounts,
                    scores,
                    rowMax,
                    rowInverseSum,
                    stateMantissa,
                    status,
                    weights,
                    gradients);
        }
        return graph.transferToHost(DataTransferMode.EVERY_EXECUTION, outputs.toArray());
    }

    private String name(String task, WorkerGrid grid) {
        scheduler.addWorkerGrid(GRAPH + "." + task, grid);
        return task;
    }

    Capacity capacity() {
        return capacity;
    }

    /** Runs a batch within the capacity, with at least one utterance, and writes all of its result but the reduced loss. */
    void execute(CtcBatch batch, CtcOptions options, CtcResult result) {
        describe(batch, options);
        targets.fill(batch, gradient);
        MemorySegment.copy(
                batch.scores(), 0, scores.getSegment(), 0, batch.scores().byteSize());

        int lanesPerRow = sizes.get(Sizes.LANES_PER_ROW);
        int rowsPerGroup = RowKernel.GROUP / lanesPerRow;
        int rows = batch.timeSteps() * batch.batchSize();
        setGroups(rowGrid, Math.ceilDiv(Math.max(rows, 1), rowsPerGroup), RowKernel.GROUP);
        setGroups(recursionGrid, 2 * batch.batchSize(), capacity.lanes());
        setGroups(meetingGrid, batch.batchSize(), MeetingKernel.GROUP);
        plan.withGridScheduler(scheduler).execute();

        for (int b = 0; b < batch.batchSize(); b++) {
            result.set(b, status(batch, b), loss(batch, b), options);
        }
        if (gradient) {
            MemorySegment.copy(
                    gradients.getSegment(),
                    0,
                    result.gradient(),
                    0,
                    batch.scores().byteSize());
        }
    }

    private void describe(CtcBatch batch, CtcOptions options) {
        boolean timeMajor = batch.layout() == Layout.TIME_MAJOR;
        sizes.set(Sizes.TIME_STEPS, batch.timeSteps());
        sizes.set(Sizes.BATCH, batch.batchSize());
        sizes.set(Sizes.SYMBOLS, batch.symbols());
        sizes.set(Sizes.BLANK, batch.blank());
        sizes.set(Sizes.FRAME_STRIDE, timeMajor ? batch.batchSize() * batch.symbols() : batch.symbols());
        sizes.set(Sizes.UTTERANCE_STRIDE, timeMajor ? batch.symbols() : batch.timeSteps() * batch.symbols());
        sizes.set(Sizes.LOGITS, options.scores() == Scores.LOGITS ? 1 : 0);
        sizes.set(Sizes.PAIRS, batch.maxTargetLength() + 1);
        sizes.set(Sizes.LANES_PER_ROW, lanesPerRow(batch.symbols()));
        for (int b = 0; b < batch.batchSize(); b++) {
            inputLengths.set(b, batch.inputLength(b));
            targetLengths.set(b, batch.targetLength(b));
            weights.set(b, (float) options.reduction().weight(batch, b));
        }
    }

    /** About four symbols to a lane, so that short rows share a group; of V alone, so that a row's bits are too. */
    private static int lanesPerRow(int symbols) {
        return Math.min(RowKernel.GROUP, Integer.highestOneBit(Math.max(symbols / 4, 1)));
    }

    private static void setGroups(WorkerGrid grid, int groups, int workItems) {
        grid.setGlobalWork((long) groups * workItems, 1, 1);
        grid.setLocalWork(workItems, 1, 1);
    }

    private CtcStatus status(CtcBatch batch, int b) {
        if (batch.inputLength(b) == 0) {
            return batch.targetLength(b) == 0 ? CtcStatus.OK : CtcStatus.INFEASIBLE;
        }
        return switch (status.get(b)) {
            case MeetingKernel.OK -> CtcStatus.OK;
            case MeetingKernel.INFEASIBLE -> CtcStatus.INFEASIBLE;
            case MeetingKernel.NON_FINITE -> CtcStatus.NON_FINITE;
            default -> throw new IllegalStateException("status[%d] = %d".formatted(b, status.get(b)));
        };
    }

    /** −ln of mantissa · 2^exponent, the one logarithm of the whole computation; in double, since it is large. */
    private double loss(CtcBatch batch, int b) {
        if (batch.inputLength(b) == 0) {
            return 0;
        }
        return -(Math.log(likelihoodMantissa.get(b)) + likelihoodExponent.get(b) * Math.log(2));
    }

    @Override
    public void close() {
        plan.freeDeviceMemory();
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("TornadoVM could not close the plan", e);
        }
    }
}
