package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * {@link LossTasks} between host buffers, compiled at the first batch for one device, for batches within a capacity. To
 * the device TornadoVM copies whole buffers; from it the part of the gradient that there is. Scores of 16 bits are widened
 * on the device, and a gradient of 16 bits is narrowed there.
 */
final class LossPlan implements CachedPlan {
    private final Capacity capacity;
    private final boolean gradient;
    /** Null if the caller's memory is that of the arrays. */
    private final @Nullable HostThreads threads;
    /** Whether the arrays are pinned whatever TornadoVM does. */
    private final boolean pinned;

    private final TornadoNativeArray scores;
    private final TornadoNativeArray gradients;
    private final LossTasks tasks;
    /** Null if scores are float32. */
    private final @Nullable ElementTasks conversions;

    private final DevicePlan plan;

    /**
     * A plan of that capacity.
     *
     * @param types those of scores and gradient, for which the {@linkplain ScoreTypes#needed capacity} has been made
     * @param threads what copies between the caller's memory and the buffers
     */
    LossPlan(Capacity capacity, ScoreTypes types, boolean gradient, TornadoDevice device, HostThreads threads) {
        this(capacity, gradient, types.arrays(capacity, gradient), device, threads, false);
    }

    /**
     * A plan for batches whose scores, and gradient if it is wanted, are in these arrays, which must have room for them.
     *
     * @param pinned whether they are pinned whatever TornadoVM does
     */
    static LossPlan onLentMemory(
            Capacity capacity, ScoreTypes.Arrays arrays, CtcOptions options, TornadoDevice device, boolean pinned) {
        return new LossPlan(capacity, options.gradient(), arrays, device, null, pinned);
    }

    private LossPlan(
            Capacity capacity,
            boolean gradient,
            ScoreTypes.Arrays arrays,
            TornadoDevice device,
            @Nullable HostThreads threads,
            boolean pinned) {
        this.capacity = capacity;
        this.gradient = gradient;
        this.threads = threads;
        this.pinned = pinned;
        this.scores = arrays.scores();
        this.gradients = arrays.gradient();
        this.tasks = new LossTasks(capacity, gradient, Stage.DEFAULT_PREFIX, RowDevice.of(device));
        TaskGraph graph = new TaskGraph("loss").transferToDevice(DataTransferMode.EVERY_EXECUTION, scores);
        if (arrays.needsRoomForGradient()) {
            graph.transferToDevice(DataTransferMode.UNDER_DEMAND, gradients);
        }
        GridScheduler grids = new GridScheduler();
        tasks.addTransfersTo(graph);
        this.conversions = arrays.onDevice().appendTo(graph, grids, tasks, Stage.DEFAULT_PREFIX);
        if (gradient) {
            graph.transferToHost(DataTransferMode.UNDER_DEMAND, gradients);
        }
        this.plan = new DevicePlan(graph, grids, device);
    }

    @Override
    public Capacity capacity() {
        return capacity;
    }

    @Override
    public boolean hasLostPins() {
        return !pinned && plan.hasLostPins();
    }

    /** Runs what is within the capacity, at least one utterance; writes all of its result but the reduced loss. */
    void execute(BatchPart part, CtcOptions options, CtcResult result) {
        prepare(part, options);
        plan.execute();
        if (gradient) {
            plan.transferToHost(gradients, part.scores());
        }
        write(part, options, result);
    }

    /** The same under the profiler. */
    CtcProfile profile(BatchPart part, CtcOptions options, CtcResult result) {
        prepare(part, options);
        CtcProfile profile = plan.profile(List.of(tasks.likelihoods()));
        if (gradient) {
            long start = System.nanoTime();
            plan.transferToHost(gradients, part.scores());
            long end = System.nanoTime();
            long bytes = result.gradientType().bytes() * part.scores();
            profile = profile.plus(CtcProfile.copyOut(end - start, bytes));
        }
        write(part, options, result);
        return profile;
    }

    private void prepare(BatchPart part, CtcOptions options) {
        if (threads != null) {
            part.pack(scores.getSegment(), threads);
        }
        tasks.prepare(part, options);
        if (conversions != null) {
            conversions.prepare(part.scores());
        }
    }

    private void write(BatchPart part, CtcOptions options, CtcResult result) {
        tasks.readLosses(part, options, result);
        if (gradient && threads != null) {
            part.unpack(gradients.getSegment(), result, threads);
        }
    }

    @Override
    public DevicePlan devicePlan() {
        return plan;
    }
}
