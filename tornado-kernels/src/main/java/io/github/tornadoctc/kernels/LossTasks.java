package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.Stage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * The loss as tasks of a graph, one for each {@link Stage}: what {@link CtcTasks} appends for a caller, and the plans of
 * our own execute. What travels in is the description of the batch, what travels out are B likelihoods.
 */
final class LossTasks {
    private final KernelContext context = new KernelContext();
    private final KernelConstants constants;
    private final boolean gradient;
    private final String prefix;
    private final RowDevice device;

    private final BatchDescription description;
    private final Likelihoods likelihoods;
    private final Workspace workspace;
    private final LongArray emissions;
    private final FloatArray blankStates;
    private final FloatArray labelStates;
    private final LongArray stateExponents;
    private final ExtendedLongArray middle;
    private final ExtendedLongArray borders;
    private final ExtendedFloatArray bordersBeyond;

    private @Nullable BatchPart described;
    private @Nullable CtcOptions describedWith;

    private final WorkerGrid rowGrid = RowTask.grid();
    private final WorkerGrid gradientGrid = RowTask.grid();
    private final WorkerGrid recursionGrid;
    private final WorkerGrid likelihoodGrid;

    /**
     * Tasks for batches within a capacity of {@link LossBuffer}s.
     *
     * @param gradient whether they compute the gradient; the capacity has to have been made with the same
     * @param prefix what the names of the tasks begin with
     * @param device what it is compiled for
     */
    LossTasks(Capacity capacity, boolean gradient, String prefix, RowDevice device) {
        this.constants = capacity.constants();
        this.gradient = gradient;
        this.prefix = prefix;
        this.device = device;
        this.description = new BatchDescription(capacity.length(LossBuffer.DESCRIPTION));
        this.likelihoods = new Likelihoods(capacity.length(LossBuffer.LIKELIHOODS));
        this.workspace = new Workspace(capacity);
        this.emissions = workspace.longs(LossBuffer.EMISSIONS);
        this.blankStates = workspace.floats(LossBuffer.BLANK_STATES);
        this.labelStates = workspace.floats(LossBuffer.LABEL_STATES);
        this.stateExponents = workspace.longs(LossBuffer.STATE_EXPONENTS);
        this.middle = workspace.extendedLongs(LossBuffer.MIDDLE);
        this.borders = workspace.extendedLongs(LossBuffer.BORDERS);
        this.bordersBeyond = workspace.extendedFloats(LossBuffer.BORDERS_BEYOND);
        this.recursionGrid = new WorkerGrid1D(constants.lanes());
        this.likelihoodGrid = new WorkerGrid1D(constants.lanes());
    }

    /** What the kernels know of a batch. */
    IntArray description() {
        return description.values();
    }

    /** What the kernels make of a batch, on the host after an execution. */
    LongArray likelihoods() {
        return likelihoods.values();
    }

    /** What the kernels hand to each other. */
    Workspace workspace() {
        return workspace;
    }

    /** The context of every task. */
    KernelContext context() {
        return context;
    }

    /** Has the description travel in at each execution, and makes room for the workspace. */
    void addTransfersTo(TaskGraph graph) {
        addTransfersTo(graph, DataTransferMode.EVERY_EXECUTION);
    }

    /**
     * Has the description travel in, and makes room for the workspace.
     *
     * @param descriptions {@link DataTransferMode#EVERY_EXECUTION}, or {@link DataTransferMode#FIRST_EXECUTION} if the
     *     batch is the same every time. TornadoVM has nothing between
     */
    void addTransfersTo(TaskGraph graph, int descriptions) {
        graph.transferToDevice(descriptions, description());
        workspace.addTo(graph);
    }

    /**
     * Appends every stage, after {@link #addTransfersTo}.
     *
     * @param scores at least T·B·V floats on the device
     * @param gradients as many, written if the gradient is wanted; may be the array of the scores
     */
    void addTo(TaskGraph graph, GridScheduler grids, FloatArray scores, FloatArray gradients) {
        for (Stage stage : Stage.of(gradient)) {
            add(stage, graph, grids, scores, gradient ? gradients : null);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, likelihoods());
    }

    /**
     * Appends one stage; those before it have to have been appended.
     *
     * @param gradients null where {@link Stage#GRADIENT} is not to follow
     */
    void add(Stage stage, TaskGraph graph, GridScheduler grids, FloatArray scores, @Nullable FloatArray gradients) {
        String task = stage.task(prefix);
        grids.addWorkerGrid(graph.getTaskGraphName() + "." + task, grid(stage));
        switch (stage) {
            case ROWS -> addRows(graph, task, scores, gradients);
            case APPROACH -> addApproach(graph, task);
            case LIKELIHOOD -> addDepart(graph, task, false);
            case DEPART -> addDepart(graph, task, true);
            case GRADIENT -> addGradient(graph, task, scores, Objects.requireNonNull(gradients));
        }
    }

    private WorkerGrid grid(Stage stage) {
        return switch (stage) {
            case ROWS -> rowGrid;
            case GRADIENT -> gradientGrid;
            case APPROACH, DEPART -> recursionGrid;
            case LIKELIHOOD -> likelihoodGrid;
        };
    }

    private void addRows(TaskGraph graph, String task, FloatArray scores, @Nullable FloatArray gradients) {
        new RowTask(
                        description(),
                        scores,
                        workspace.floats(LossBuffer.ROW_MAX),
                        workspace.floats(LossBuffer.ROW_INVERSE_SUM),
                        workspace.floats(LossBuffer.ROW_NORMALISER),
                        emissions,
                        constants.softmaxWithRows() ? gradients : null,
                        device,
                        constants)
                .addTo(graph, task, context);
    }

    private void addApproach(TaskGraph graph, String task) {
        graph.task(
                task,
                ApproachKernel::approach,
                context,
                description(),
                emissions,
                blankStates,
                labelStates,
                stateExponents,
                middle.mantissas(),
                middle.exponents(),
                borders.mantissas(),
                borders.exponents(),
                constants.lanes(),
                constants.blocks() ? 1 : 0,
                gradient ? 1 : 0,
                constants.fetchesAhead() ? 1 : 0);
    }

    private void addDepart(TaskGraph graph, String task, boolean departs) {
        graph.task(
                task,
                DepartKernel::depart,
                context,
                description(),
                workspace.floats(LossBuffer.ROW_INVERSE_SUM),
                workspace.floats(LossBuffer.ROW_NORMALISER),
                emissions,
                blankStates,
                labelStates,
                stateExponents,
                middle.mantissas(),
                middle.exponents(),
                bordersBeyond.mantissas(),
                bordersBeyond.exponents(),
                likelihoods(),
                constants.lanes(),
                constants.blocks() ? 1 : 0,
                departs ? 1 : 0,
                constants.fetchesAhead() ? 1 : 0);
    }

    private void addGradient(TaskGraph graph, String task, FloatArray scores, FloatArray gradients) {
        graph.task(
                task,
                GradientKernel::gradient,
                context,
                description(),
                scores,
                workspace.floats(LossBuffer.ROW_MAX),
                workspace.floats(LossBuffer.ROW_INVERSE_SUM),
                blankStates,
                labelStates,
                likelihoods(),
                gradients,
                constants.softmaxWithRows() ? 0 : 1,
                constants.gradientGroup());
    }

    /** Describes the batch that is executed next, which has to be within the capacity, and sets the grids for it. */
    void prepare(BatchPart part, CtcOptions options) {
        if (options.gradient() != gradient) {
            throw new IllegalArgumentException(
                    "gradient = %s, but these tasks were made with %s".formatted(options.gradient(), gradient));
        }
        // a batch never changes, so what it was described as still stands
        if (!part.equals(described) || !options.equals(describedWith)) {
            description.fill(part, options, lanesOfGradient(part));
            described = part;
            describedWith = options;
        }
        RowTask.setGroups(rowGrid, part, description(), constants.rowGroup());
        RowTask.setGroups(
                gradientGrid, part, description().get(Header.LOG2_LANES_PER_GRADIENT_ROW), constants.gradientGroup());
        setGroups(recursionGrid, 2 * part.size(), constants.lanes());
        setGroups(likelihoodGrid, part.size(), constants.lanes());
    }

    /** No more than a group, which may have been made for batches whose softmax other kernels write. */
    private int lanesOfGradient(BatchPart part) {
        int lanes = RowLanes.ofGradient(part.batch().symbols(), !constants.softmaxWithRows());
        return Math.min(lanes, constants.gradientGroup());
    }

    /** Makes a grid of that many groups of that many work-items. */
    static void setGroups(WorkerGrid grid, int groups, int workItems) {
        grid.setGlobalWork((long) groups * workItems, 1, 1);
        grid.setLocalWork(workItems, 1, 1);
    }

    /** Writes losses and statuses of the part that was executed last. */
    void readLosses(BatchPart part, CtcOptions options, CtcResult result) {
        likelihoods.read(part, options, result);
    }
}
