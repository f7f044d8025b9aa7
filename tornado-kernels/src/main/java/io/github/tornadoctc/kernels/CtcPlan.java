package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link CtcTasks} between host buffers, compiled at the first batch for one device, for batches within a capacity. */
final class CtcPlan implements AutoCloseable {
    private final Capacity capacity;
    private final boolean gradient;
    private final FloatArray scores;
    private final FloatArray gradients;
    private final CtcTasks tasks;
    private final GridScheduler scheduler = new GridScheduler();
    private final TornadoExecutionPlan plan;

    CtcPlan(Capacity capacity, boolean gradient, TornadoDevice device) {
        this.capacity = capacity;
        this.gradient = gradient;
        this.scores = new FloatArray((int) capacity.scores());
        this.gradients = new FloatArray(gradient ? (int) capacity.scores() : 1);
        this.tasks = new CtcTasks(capacity, gradient);
        TaskGraph graph = new TaskGraph("ctc")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, scores)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, gradients);
        tasks.appendTo(graph, scores, gradients);
        tasks.addGridsTo(graph, scheduler);
        if (gradient) {
            graph.transferToHost(DataTransferMode.EVERY_EXECUTION, gradients);
        }
        this.plan = new TornadoExecutionPlan(graph.snapshot()).withDevice(device);
    }

    Capacity capacity() {
        return capacity;
    }

    /** Runs what is within the capacity, at least one utterance; writes all of its result but the reduced loss. */
    void execute(BatchPart part, CtcOptions options, CtcResult result) {
        run(part, options, result);
    }

    /** The same under the profiler. */
    CtcProfile profile(BatchPart part, CtcOptions options, CtcResult result) {
        plan.withProfiler(ProfilerMode.SILENT);
        try {
            return ProfileLog.lastExecution(run(part, options, result).getProfilerResult());
        } finally {
            plan.withoutProfiler();
        }
    }

    /** Bytes that the plan has on the device. */
    long deviceMemory() {
        return plan.getCurrentDeviceMemoryUsage();
    }

    private TornadoExecutionResult run(BatchPart part, CtcOptions options, CtcResult result) {
        part.pack(scores.getSegment());
        tasks.prepare(part, options);
        TornadoExecutionResult executed = plan.withGridScheduler(scheduler).execute();
        tasks.readLosses(part, options, result);
        if (gradient) {
            part.unpack(gradients.getSegment(), result.gradient());
        }
        return executed;
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
