package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.Stage;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link RowKernel} over utterances, {@link HypothesisKernel}, and then {@link LossTasks} without their own rows over
 * hypotheses; compiled at the first batch for one device, for batches within a capacity.
 */
final class RescoringPlan implements CachedPlan {
    /** What a loss has of its own where rows come from elsewhere, and nobody wants a gradient. */
    private static final List<DeviceBuffer> LOSS_BUFFERS = LossBuffer.ALL.stream()
            .filter(buffer -> !Set.of(LossBuffer.SCORES, LossBuffer.GRADIENT, LossBuffer.ROW_MAX)
                    .contains(buffer))
            .toList();

    private final Capacity capacity;
    private final FloatArray scores;
    private final BatchDescription description;
    private final IntArray sources;
    private final LossTasks tasks;
    private final WorkerGrid rowGrid = RowTask.grid();
    private final WorkerGrid emissionGrid = new WorkerGrid1D(HypothesisKernel.GROUP);
    private final DevicePlan plan;

    RescoringPlan(Capacity capacity, TornadoDevice device) {
        this.capacity = capacity;
        this.scores = new FloatArray(capacity.length(RowBuffer.SCORES));
        this.description = new BatchDescription(capacity.length(RowBuffer.DESCRIPTION));
        this.sources = new IntArray(capacity.length(HypothesisBuffer.SOURCES));
        this.tasks = new LossTasks(capacity, false, Stage.DEFAULT_PREFIX, RowDevice.of(device));
        TaskGraph graph = new TaskGraph("rescore")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, scores, description.values(), sources);
        GridScheduler grids = new GridScheduler();
        tasks.addTransfersTo(graph);
        addTasks(graph, grids, device);
        this.plan = new DevicePlan(graph, grids, device);
    }

    /** What hypotheses need, and the rows that they share. */
    static Capacity needed(BatchPart rows, BatchPart hypotheses, int mostLanes) {
        Sizes ofHypotheses = Sizes.of(hypotheses, false, mostLanes);
        return Capacity.of(LOSS_BUFFERS, ofHypotheses)
                .plus(Capacity.of(HypothesisBuffer.ALL, ofHypotheses))
                .plus(Capacity.of(RowBuffer.ALL, Sizes.of(rows, false, mostLanes)));
    }

    private void addTasks(TaskGraph graph, GridScheduler grids, TornadoDevice device) {
        KernelContext context = new KernelContext();
        Workspace workspace = tasks.workspace();
        LongArray rowEmissions = workspace.longs(RowBuffer.EMISSIONS);
        grids.addWorkerGrid("rescore.rows", rowGrid);
        new RowTask(
                        description.values(),
                        scores,
                        workspace.floats(RowBuffer.ROW_MAX),
                        workspace.floats(RowBuffer.ROW_INVERSE_SUM),
                        workspace.floats(RowBuffer.ROW_NORMALISER),
                        rowEmissions,
                        null,
                        RowDevice.of(device),
                        capacity.constants())
                .addTo(graph, "rows", context);
        grids.addWorkerGrid("rescore.emissions", emissionGrid);
        graph.task(
                "emissions",
                HypothesisKernel::emissions,
                context,
                tasks.description(),
                sources,
                description.values(),
                workspace.floats(RowBuffer.ROW_INVERSE_SUM),
                workspace.floats(RowBuffer.ROW_NORMALISER),
                rowEmissions,
                workspace.floats(LossBuffer.ROW_INVERSE_SUM),
                workspace.floats(LossBuffer.ROW_NORMALISER),
                workspace.longs(LossBuffer.EMISSIONS));
        for (Stage stage : List.of(Stage.APPROACH, Stage.LIKELIHOOD)) {
            tasks.add(stage, graph, grids, scores, null);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, tasks.likelihoods());
    }

    @Override
    public Capacity capacity() {
        return capacity;
    }

    /**
     * Runs what is within the capacity, at least one hypothesis; writes their losses.
     *
     * @param rows utterances with their vocabularies for targets
     * @param hypotheses targets of these utterances, in as many time steps
     * @param utterances of each hypothesis the utterance, counted from the first of {@code rows}
     */
    void execute(
            BatchPart rows, BatchPart hypotheses, IntUnaryOperator utterances, CtcOptions options, CtcResult result) {
        rows.pack(scores.getSegment(), HostThreads.NONE);
        description.fill(rows, options);
        tasks.prepare(hypotheses, options);
        describe(rows, hypotheses, utterances);
        RowTask.setGroups(
                rowGrid, rows, description.values(), capacity.constants().rowGroup());
        int emissions =
                hypotheses.timeSteps() * hypotheses.size() * tasks.description().get(Header.COLUMNS);
        LossTasks.setGroups(
                emissionGrid, Math.ceilDiv(Math.max(emissions, 1), HypothesisKernel.GROUP), HypothesisKernel.GROUP);
        plan.execute();
        tasks.readLosses(hypotheses, options, result);
    }

    /** Says where the emissions of each hypothesis come from. */
    private void describe(BatchPart rows, BatchPart hypotheses, IntUnaryOperator utterances) {
        CtcBatch all = hypotheses.batch();
        int columns = tasks.description().get(Header.COLUMNS);
        boolean byLabel = tasks.description().get(Header.COLUMNS_BY_LABEL) == 1;
        for (int n = 0; n < hypotheses.size(); n++) {
            int hypothesis = hypotheses.first() + n;
            int utterance = utterances.applyAsInt(n);
            sources.set(n, utterance);
            for (int column = 0; column < columns; column++) {
                int symbol = column;
                if (byLabel) {
                    symbol = column < all.targetLength(hypothesis) ? all.label(hypothesis, column) : all.blank();
                }
                sources.set(hypotheses.size() + n * columns + column, source(rows, utterance, symbol));
            }
        }
    }

    /** The column of a symbol in the rows of an utterance; −1 if they have none. */
    private int source(BatchPart rows, int utterance, int symbol) {
        if (description.values().get(Header.COLUMNS_BY_LABEL) == 0) {
            return symbol;
        }
        if (symbol == rows.batch().blank()) {
            return rows.batch().targetLength(rows.first() + utterance);
        }
        return indexInVocabulary(rows.batch(), rows.first() + utterance, symbol);
    }

    /** Where a symbol stands among the labels of an utterance, which ascend; −1 if it is none of them. */
    private static int indexInVocabulary(CtcBatch vocabularies, int b, int symbol) {
        int low = 0;
        int high = vocabularies.targetLength(b) - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (vocabularies.label(b, middle) < symbol) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == high && vocabularies.label(b, low) == symbol ? low : -1;
    }

    @Override
    public DevicePlan devicePlan() {
        return plan;
    }
}
