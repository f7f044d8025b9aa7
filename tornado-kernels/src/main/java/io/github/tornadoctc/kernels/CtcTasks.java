package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.Stage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * CTC as tasks of a task graph, for scores that another task of it has computed and a gradient that the next one uses.
 * Both are arrays of the graph's owner and stay on the device. What travels in at each execution are the lengths and
 * labels of the batch, what travels out are B likelihoods.
 *
 * <pre>{@code
 * CtcTasks ctc = CtcTasks.builder(T, B, V, U).options(options).build(device);
 * GridScheduler grids = new GridScheduler();
 * TaskGraph graph = new TaskGraph("step").task("model", …, logits);
 * ctc.appendTo(graph, grids, ScoreArrays.of(logits, gradient));
 * graph.task("update", …, gradient);
 * …
 * ctc.prepare(batch);
 * plan.withGridScheduler(grids).execute();
 * ctc.readLosses(result);
 * }</pre>
 *
 * <p>On TornadoVM's CUDA and PTX backends a plan can replay all launches and copies at once, which saves small batches most
 * of what they cost beyond their kernels. It is the owner who asks for it, before the first execution, and has to see to
 * it that nothing changes but contents: {@link Builder#cudaGraph} has {@link #prepare} refuse a batch that would need
 * other grids than the first, which nothing else would notice. {@link CudaGraphs} says what a replay is.
 *
 * <pre>{@code
 * CtcTasks ctc = CtcTasks.builder(T, B, V, U).cudaGraph().build(device);
 * …
 * if (CudaGraphs.use(device)) {
 *     plan.withCUDAGraph();
 * }
 * }</pre>
 *
 * <p>What to compute is fixed when the tasks are made, since it decides which kernels there are and what they read. Two
 * losses in one graph need tasks of their own, with {@linkplain Builder#prefix prefixes} of their own.
 *
 * <p>Tasks of the owner's with worker grids of their own need a local size that divides the global one, or a check that
 * {@code globalIdx} is inside their arrays: TornadoVM's CUDA backend rounds a grid without local size up to groups of 256.
 */
public final class CtcTasks {
    private static final CtcBatch NO_FRAMES =
            CtcBatch.builder(0, 1, 1).targets(new int[1][0]).build();

    private final Capacity capacity;
    private final CtcOptions options;
    private final String prefix;
    private final boolean captured;
    private final LossTasks tasks;
    private final GridScheduler own = new GridScheduler();
    private @Nullable GridSizes firstGrids;
    private boolean appended;
    private @Nullable ElementTasks elementTasks;
    private @Nullable BatchPart prepared;

    CtcTasks(Capacity capacity, CtcOptions options, String prefix, TornadoDevice device) {
        this(capacity, options, prefix, device, false);
    }

    private CtcTasks(Capacity capacity, CtcOptions options, String prefix, TornadoDevice device, boolean captured) {
        this.capacity = capacity;
        this.options = options;
        this.prefix = prefix;
        this.captured = captured;
        this.tasks = new LossTasks(capacity, options.gradient(), prefix, RowDevice.of(device));
        // an execution that nothing was prepared for computes nothing, instead of reading what happens to be there
        tasks.prepare(BatchPart.all(NO_FRAMES), options);
    }

    /**
     * Tasks for batches of at most these sizes.
     *
     * @param timeSteps T ≥ 0
     * @param batchSize B ≥ 1
     * @param symbols V ≥ 1, the blank included
     * @param maxTargetLength Umax ≥ 0
     * @throws IllegalArgumentException if a size is out of range
     */
    public static Builder builder(int timeSteps, int batchSize, int symbols, int maxTargetLength) {
        checkSize("timeSteps", timeSteps, 0);
        checkSize("batchSize", batchSize, 1);
        checkSize("symbols", symbols, 1);
        checkSize("maxTargetLength", maxTargetLength, 0);
        return new Builder(timeSteps, batchSize, symbols, maxTargetLength);
    }

    private static void checkSize(String argument, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("%s = %d is less than %d".formatted(argument, value, least));
        }
    }

    /** Collects what tasks are made for. */
    public static final class Builder {
        private final int timeSteps;
        private final int batchSize;
        private final int symbols;
        private final int maxTargetLength;
        private CtcOptions options = CtcOptions.defaults();
        private String prefix = Stage.DEFAULT_PREFIX;
        private boolean captured;

        private Builder(int timeSteps, int batchSize, int symbols, int maxTargetLength) {
            this.timeSteps = timeSteps;
            this.batchSize = batchSize;
            this.symbols = symbols;
            this.maxTargetLength = maxTargetLength;
        }

        /** What to compute, of every batch; {@link CtcOptions#defaults()} unless said otherwise. */
        public Builder options(CtcOptions newOptions) {
            this.options = newOptions;
            return this;
        }

        /** What the names of the tasks begin with, no two losses of a graph the same; {@code ctc} unless said otherwise. */
        public Builder prefix(String newPrefix) {
            this.prefix = newPrefix;
            return this;
        }

        /**
         * For a plan that {@code withCUDAGraph} has replay its first execution: the first batch that is prepared settles
         * the grids, and {@link CtcTasks#prepare} refuses those that need others. Batches of the same T, B and V never do,
         * whatever their lengths and labels; nothing may be executed before one is prepared.
         */
        public Builder cudaGraph() {
            this.captured = true;
            return this;
        }

        /**
         * The tasks.
         *
         * @param device the device that the graph will run on
         * @throws IllegalArgumentException if the buffers do not fit the device, naming the bytes
         */
        public CtcTasks build(TornadoDevice device) {
            DeviceLimits limits = DeviceLimits.of(device, CtcConfiguration.defaults());
            Sizes sizes =
                    Sizes.of(timeSteps, batchSize, symbols, maxTargetLength, options.gradient(), limits.maxGroupSize());
            Capacity capacity = Capacity.of(LossBuffer.ALL, sizes);
            limits.check(capacity);
            return new CtcTasks(capacity, options, prefix, device, captured);
        }
    }

    /**
     * Appends transfers and tasks to a graph, and the grids of the tasks to its scheduler.
     *
     * @param arrays the scores, on the device by the time these tasks run, and the gradient if the options want one; at
     *     least T·B·V elements each
     * @throws IllegalStateException if these tasks are in a graph already
     * @throws IllegalArgumentException if the arrays are too short, there is a gradient too many or too few, or another
     *     loss of the graph has the same prefix
     */
    public void appendTo(TaskGraph graph, GridScheduler grids, ScoreArrays arrays) {
        if (appended) {
            throw new IllegalStateException(
                    "these tasks are in a graph already: make others, with a prefix of their own");
        }
        if (grids.contains(graph.getTaskGraphName(), Stage.ROWS.task(prefix))) {
            throw new IllegalArgumentException(
                    "prefix = %s is taken by another loss in graph %s: build these tasks with another"
                            .formatted(prefix, graph.getTaskGraphName()));
        }
        arrays.check(capacity.elements(LossBuffer.SCORES), options.gradient());
        appended = true;
        tasks.addTransfersTo(graph);
        elementTasks = arrays.appendTo(graph, own, tasks, prefix);
        for (String task : own.keySet()) {
            grids.addWorkerGrid(task, Objects.requireNonNull(own.get(task)));
        }
    }

    /**
     * Readies the next execution.
     *
     * @param batch its lengths, labels and layout; its scores are not read
     * @throws IllegalArgumentException if the batch is empty or larger than these tasks were made for, or if a CUDA graph
     *     would compute it on the grids of another
     */
    public void prepare(CtcBatch batch) {
        BatchPart all = BatchPart.all(batch);
        Capacity needed = Capacity.of(
                LossBuffer.ALL,
                Sizes.of(all, options.gradient(), capacity.constants().lanes()));
        if (batch.batchSize() == 0 || !capacity.covers(needed)) {
            throw new IllegalArgumentException(
                    "batch of %d × %d × %d with targets of up to %d is empty or larger than these tasks were made for: it needs %s; there are %s"
                            .formatted(
                                    batch.timeSteps(),
                                    batch.batchSize(),
                                    batch.symbols(),
                                    batch.maxTargetLength(),
                                    needed,
                                    capacity));
        }
        tasks.prepare(all, options);
        if (elementTasks != null) {
            elementTasks.prepare(all.scores());
        }
        if (captured) {
            checkGrids(batch);
        }
        prepared = all;
    }

    private void checkGrids(CtcBatch batch) {
        if (!appended) {
            return;
        }
        if (firstGrids == null) {
            firstGrids = GridSizes.of(own);
        } else if (!firstGrids.hold()) {
            prepared = null;
            throw new IllegalArgumentException(
                    "batch of %d × %d × %d needs the grids %s, but a CUDA graph replays those of the first batch, %s: pad to one T and B, or make tasks and a plan for each"
                            .formatted(
                                    batch.timeSteps(),
                                    batch.batchSize(),
                                    batch.symbols(),
                                    GridSizes.of(own),
                                    firstGrids));
        }
    }

    /**
     * Writes losses, statuses and the reduced loss of the batch that was prepared last, once it has been executed. The
     * gradient is where the graph has left it.
     *
     * @param result of the batch's size, such as {@link CtcResult#allocate} makes of a batch with its scores on a device
     * @throws IllegalStateException if no batch was prepared
     */
    public void readLosses(CtcResult result) {
        if (prepared == null) {
            throw new IllegalStateException("no batch has been prepared");
        }
        CtcBatch batch = prepared.batch();
        result.checkFits(batch, options.withGradient(false));
        tasks.readLosses(prepared, options, result);
        result.reduce(batch, options);
    }
}
