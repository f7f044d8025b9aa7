package io.github.tornadoctc.kernels;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Wildcards;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@link RowKernel} and {@link ViterbiKernel} between host buffers, compiled at the first batch for one device, for batches
 * within a capacity.
 *
 * <p>Pointers are traced back on the host. They are half a byte for each pair and frame, of shape E 1.9 MB, which takes 36 µs
 * of a bus of 54 GB/s. On a device a single work-item an utterance would have to wait for every int that its path comes
 * to, an int for eight frames or for the next pair: some 400 loads of that shape, one after the other, at some 0.5 µs
 * each; and the states would have to travel then.
 */
final class AlignmentPlan implements CachedPlan {
    private final Capacity capacity;
    private final FloatArray scores;
    private final BatchDescription description;
    private final IntArray wildcards;
    private final DoubleArray cost;
    private final Workspace workspace;
    private final IntArray pointers;
    private final WorkerGrid rowGrid = RowTask.grid();
    private final WorkerGrid viterbiGrid;
    private final DevicePlan plan;

    AlignmentPlan(Capacity capacity, TornadoDevice device) {
        this.capacity = capacity;
        this.scores = new FloatArray(capacity.length(AlignmentBuffer.SCORES));
        this.description = new BatchDescription(capacity.length(AlignmentBuffer.DESCRIPTION));
        this.wildcards = new IntArray(capacity.length(AlignmentBuffer.WILDCARDS));
        this.cost = new DoubleArray(capacity.length(AlignmentBuffer.COST));
        this.workspace = new Workspace(capacity);
        this.pointers = workspace.ints(AlignmentBuffer.POINTERS);
        this.viterbiGrid = new WorkerGrid1D(capacity.constants().lanes());
        TaskGraph graph = new TaskGraph("align")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, scores, description.values(), wildcards, cost);
        workspace.addTo(graph);
        GridScheduler grids = new GridScheduler();
        addTasks(graph, grids, device);
        graph.transferToHost(
                DataTransferMode.EVERY_EXECUTION,
                workspace.floats(AlignmentBuffer.ROW_MAX),
                workspace.floats(AlignmentBuffer.ROW_INVERSE_SUM),
                workspace.floats(AlignmentBuffer.ROW_NORMALISER),
                pointers,
                workspace.ints(AlignmentBuffer.ENDS));
        this.plan = new DevicePlan(graph, grids, device);
    }

    private void addTasks(TaskGraph graph, GridScheduler grids, TornadoDevice device) {
        KernelContext context = new KernelContext();
        grids.addWorkerGrid("align.rows", rowGrid);
        new RowTask(
                        description.values(),
                        scores,
                        workspace.floats(AlignmentBuffer.ROW_MAX),
                        workspace.floats(AlignmentBuffer.ROW_INVERSE_SUM),
                        workspace.floats(AlignmentBuffer.ROW_NORMALISER),
                        workspace.longs(AlignmentBuffer.EMISSIONS),
                        null,
                        RowDevice.of(device),
                        capacity.constants())
                .addTo(graph, "rows", context);
        grids.addWorkerGrid("align.viterbi", viterbiGrid);
        graph.task(
                "viterbi",
                ViterbiKernel::viterbi,
                context,
                description.values(),
                scores,
                workspace.floats(AlignmentBuffer.ROW_MAX),
                workspace.floats(AlignmentBuffer.ROW_NORMALISER),
                wildcards,
                cost,
                pointers,
                workspace.ints(AlignmentBuffer.ENDS),
                workspace.doubles(AlignmentBuffer.BORDERS),
                capacity.constants().lanes(),
                capacity.constants().blocks() ? 1 : 0);
    }

    @Override
    public Capacity capacity() {
        return capacity;
    }

    /** Runs what is within the capacity, at least one utterance. */
    List<CtcAlignment> execute(BatchPart part, AlignmentOptions options) {
        part.pack(scores.getSegment(), HostThreads.NONE);
        description.fill(
                part, CtcOptions.defaults().withScores(options.scores()).withGradient(false));
        // there is nobody to read emissions
        description.values().set(Header.COLUMNS, 0);
        description.values().set(Header.COLUMNS_BY_LABEL, 0);
        describe(part, options.wildcards());
        RowTask.setGroups(
                rowGrid, part, description.values(), capacity.constants().rowGroup());
        LossTasks.setGroups(viterbiGrid, part.size(), capacity.constants().lanes());
        plan.execute();
        List<CtcAlignment> alignments = new ArrayList<>();
        for (int b = 0; b < part.size(); b++) {
            alignments.add(alignment(part, b, options));
        }
        return alignments;
    }

    private void describe(BatchPart part, Wildcards standing) {
        CtcBatch batch = part.batch();
        int pairs = batch.maxTargetLength() + 1;
        for (int b = 0; b < part.size(); b++) {
            for (int u = 0; u < pairs; u++) {
                boolean stands =
                        u <= batch.targetLength(part.first() + b) && standing.standsAt(batch, part.first() + b, u);
                wildcards.set(b * pairs + u, stands ? 1 : 0);
            }
        }
        cost.set(0, standing.cost().constant() ? 1 : 0);
        cost.set(1, standing.cost().nats());
        cost.set(2, standing.isEmpty() ? 0 : 1);
    }

    private CtcAlignment alignment(BatchPart part, int b, AlignmentOptions options) {
        CtcBatch batch = part.batch();
        int utterance = part.first() + b;
        int length = batch.inputLength(utterance);
        float[] largest = new float[length];
        double[] logSum = new double[length];
        for (int t = 0; t < length; t++) {
            int row = t * part.size() + b;
            if (workspace.floats(AlignmentBuffer.ROW_INVERSE_SUM).get(row) <= RowKernel.NO_SUM) {
                return CtcAlignment.without(CtcStatus.NON_FINITE);
            }
            float max = workspace.floats(AlignmentBuffer.ROW_MAX).get(row);
            largest[t] = max <= RowKernel.LOWEST_SCORE && isMasked(batch, t, utterance) ? Float.NEGATIVE_INFINITY : max;
            logSum[t] = -workspace.floats(AlignmentBuffer.ROW_NORMALISER).get(row);
        }
        int[] states = states(part, b, length);
        return states == null
                ? CtcAlignment.without(CtcStatus.INFEASIBLE)
                : CtcAlignment.along(batch, utterance, options, states, largest, logSum);
    }

    private static boolean isMasked(CtcBatch batch, int t, int utterance) {
        for (int v = 0; v < batch.symbols(); v++) {
            if (batch.score(t, utterance, v) != Float.NEGATIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }

    /** Follows the pointers back from the end; null if there is none. */
    private int @Nullable [] states(BatchPart part, int b, int length) {
        int state = workspace.ints(AlignmentBuffer.ENDS).get(b);
        if (state == ViterbiKernel.NO_END) {
            return null;
        }
        int pairs = part.batch().maxTargetLength() + 1;
        int words = ViterbiKernel.words(part.timeSteps());
        int skipped = ViterbiKernel.skipped(length);
        int[] states = new int[length];
        for (int t = length - 1; t >= 0; t--) {
            states[t] = state;
            int place = t + skipped;
            int at = (b * words + place / ViterbiKernel.FRAMES_PER_WORD) * pairs + state / 2;
            state = ViterbiKernel.before(pointers.get(at), place, state);
        }
        return states;
    }

    @Override
    public DevicePlan devicePlan() {
        return plan;
    }
}
