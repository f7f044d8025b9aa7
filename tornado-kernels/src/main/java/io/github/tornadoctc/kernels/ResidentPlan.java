package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link CtcTasks} on scores that went to the device at the first execution. */
final class ResidentPlan implements ResidentCall {
    private final CtcBatch batch;
    private final CtcOptions options;
    private final FloatArray gradients;
    private final CtcTasks tasks;
    private final GridScheduler scheduler = new GridScheduler();
    private final TornadoExecutionPlan plan;
    private @Nullable TornadoExecutionResult last;

    /** A plan of exactly the capacity that the batch needs. */
    ResidentPlan(CtcBatch batch, CtcOptions options, Capacity capacity, TornadoDevice device) {
        this.batch = batch;
        this.options = options;
        FloatArray scores = new FloatArray((int) capacity.scores());
        BatchPart.all(batch).pack(scores.getSegment());
        this.gradients = new FloatArray(options.gradient() ? (int) capacity.scores() : 1);
        this.tasks = new CtcTasks(capacity, options.gradient());
        TaskGraph graph = new TaskGraph("resident")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, scores)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, gradients);
        tasks.appendTo(graph, scores, gradients);
        tasks.addGridsTo(graph, scheduler);
        if (options.gradient()) {
            graph.transferToHost(DataTransferMode.UNDER_DEMAND, gradients);
        }
        this.plan = new TornadoExecutionPlan(graph.snapshot()).withDevice(device);
    }

    @Override
    public void run() {
        execute();
    }

    private TornadoExecutionResult execute() {
        tasks.prepare(batch, options);
        TornadoExecutionResult executed = plan.withGridScheduler(scheduler).execute();
        last = executed;
        return executed;
    }

    @Override
    public CtcProfile profile() {
        plan.withProfiler(ProfilerMode.SILENT);
        try {
            return ProfileLog.lastExecution(execute().getProfilerResult());
        } finally {
            plan.withoutProfiler();
        }
    }

    @Override
    public void read(CtcResult result) {
        if (last == null) {
            throw new IllegalStateException("nothing has been computed yet");
        }
        tasks.readLosses(batch, options, result);
        if (options.gradient()) {
            last.transferToHost(gradients);
            BatchPart.all(batch).unpack(gradients.getSegment(), result.gradient());
        }
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
