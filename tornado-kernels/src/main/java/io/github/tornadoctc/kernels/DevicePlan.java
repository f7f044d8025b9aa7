package io.github.tornadoctc.kernels;

import io.github.tornadoctc.kernels.profile.CtcProfile;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/** A task graph with its grids on one device, compiled when it is first executed. */
final class DevicePlan implements AutoCloseable {
    private final GridScheduler grids;
    private final TornadoExecutionPlan plan;

    DevicePlan(TaskGraph graph, GridScheduler grids, TornadoDevice device) {
        this.grids = grids;
        this.plan = new TornadoExecutionPlan(graph.snapshot()).withDevice(device);
    }

    /** Runs the graph, with the grids as they are now, and waits until it is done. */
    TornadoExecutionResult execute() {
        return plan.withGridScheduler(grids).execute();
    }

    /** The same under TornadoVM's profiler. */
    CtcProfile profile() {
        return ProfileLog.lastExecution(executeProfiled().getProfilerResult());
    }

    /** The same, for what the profiler says of the graph as a whole. */
    TornadoExecutionResult executeProfiled() {
        plan.withProfiler(ProfilerMode.SILENT);
        try {
            return execute();
        } finally {
            plan.withoutProfiler();
        }
    }

    /** Bytes that the plan has on the device. */
    long deviceMemory() {
        return plan.getCurrentDeviceMemoryUsage();
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
