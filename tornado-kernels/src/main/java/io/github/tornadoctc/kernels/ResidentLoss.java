package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import io.github.tornadoctc.kernels.profile.Stage;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link CtcTasks} on scores that went to the device at the first execution, as in a caller's own graph. */
final class ResidentLoss implements ResidentCall {
    private final CtcBatch batch;
    private final CtcOptions options;
    private final FloatArray gradients;
    private final CtcTasks tasks;
    private final DevicePlan plan;
    private @Nullable TornadoExecutionResult last;

    /** A plan of exactly the capacity that the batch needs. */
    ResidentLoss(CtcBatch batch, CtcOptions options, Capacity capacity, TornadoDevice device) {
        this.batch = batch;
        this.options = options;
        FloatArray scores = new FloatArray(capacity.length(LossBuffer.SCORES));
        BatchPart.all(batch).pack(scores.getSegment());
        this.gradients = new FloatArray(capacity.length(LossBuffer.GRADIENT));
        this.tasks = new CtcTasks(capacity, options, Stage.DEFAULT_PREFIX);
        TaskGraph graph = new TaskGraph("resident")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, scores)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, gradients);
        GridScheduler grids = new GridScheduler();
        tasks.appendTo(graph, grids, options.gradient() ? ScoreArrays.of(scores, gradients) : ScoreArrays.of(scores));
        if (options.gradient()) {
            graph.transferToHost(DataTransferMode.UNDER_DEMAND, gradients);
        }
        this.plan = new DevicePlan(graph, grids, device);
    }

    @Override
    public void run() {
        tasks.prepare(batch);
        last = plan.execute();
    }

    @Override
    public CtcProfile profile() {
        tasks.prepare(batch);
        TornadoExecutionResult executed = plan.executeProfiled();
        last = executed;
        return ProfileLog.lastExecution(executed.getProfilerResult());
    }

    @Override
    public void read(CtcResult result) {
        if (last == null) {
            throw new IllegalStateException("nothing has been computed yet");
        }
        tasks.readLosses(result);
        if (options.gradient()) {
            last.transferToHost(gradients);
            BatchPart.all(batch).unpack(gradients.getSegment(), result.gradient());
        }
    }

    @Override
    public void close() {
        plan.close();
    }
}
