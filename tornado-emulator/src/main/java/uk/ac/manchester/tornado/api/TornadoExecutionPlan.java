package uk.ac.manchester.tornado.api;

import io.github.tornadoctc.emulator.engine.EmulatedDevice;
import io.github.tornadoctc.emulator.engine.Plan;
import io.github.tornadoctc.emulator.engine.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * Runs task graphs. Each {@code with...} changes the plan and returns it; what concerns graphs concerns those that
 * {@link #withGraph} or {@link #withAllGraphs} has selected, at first all of them.
 */
public class TornadoExecutionPlan implements AutoCloseable {
    private static final AtomicLong PLANS = new AtomicLong();

    private final long id = PLANS.incrementAndGet();
    private final Plan plan;
    private final List<TornadoExecutionResult> results = new ArrayList<>();
    private @Nullable ProfilerMode profilerMode;

    public TornadoExecutionPlan(ImmutableTaskGraph... immutableTaskGraphs) {
        plan = new Plan(Arrays.stream(immutableTaskGraphs)
                .map(ImmutableTaskGraph::graph)
                .toList());
    }

    /** The device of a backend. The emulator has only 0:0. */
    public static TornadoDevice getDevice(int driverIndex, int deviceIndex) {
        return TornadoRuntimeProvider.getTornadoRuntime()
                .getBackend(driverIndex)
                .getDevice(deviceIndex);
    }

    /** Number of plans made so far. */
    public static int getTotalPlans() {
        return PLANS.intValue();
    }

    public static TornadoDeviceMap getTornadoDeviceMap() {
        return new TornadoDeviceMap();
    }

    /** Runs the selected graphs, and adds the result to those of the plan. */
    public TornadoExecutionResult execute() {
        Profile measured = plan.execute();
        Profile profile = profilerMode == null ? Profile.NONE : measured;
        if (profilerMode == ProfilerMode.CONSOLE) {
            System.out.println(profile.log());
        }
        long deviceBytes = profilerMode == null ? 0 : plan.deviceBytes();
        TornadoExecutionResult result =
                new TornadoExecutionResult(plan, new TornadoProfilerResult(profile, deviceBytes));
        results.add(result);
        return result;
    }

    /** Selects one graph, and lets it run on the grids given last. */
    public TornadoExecutionPlan withGraph(int graphIndex) {
        plan.selectGraph(graphIndex);
        return this;
    }

    public TornadoExecutionPlan withAllGraphs() {
        plan.selectAll();
        return this;
    }

    /** Does nothing here: there is nothing to compile. */
    public TornadoExecutionPlan withPreCompilation() {
        return this;
    }

    public TornadoExecutionPlan withDevice(TornadoDevice device) {
        if (device != EmulatedDevice.INSTANCE) {
            throw new TornadoRuntimeException("the emulator has no device " + device);
        }
        return this;
    }

    public TornadoExecutionPlan withDevice(String taskName, TornadoDevice device) {
        return withDevice(device);
    }

    /** The device that runs the selected graph of this index. */
    public TornadoDevice getDevice(int immutableTaskGraphIndex) {
        return EmulatedDevice.INSTANCE;
    }

    /** Frees what the selected graphs have on the device; their next execution copies everything in again. */
    public TornadoExecutionPlan freeDeviceMemory() {
        plan.free();
        return this;
    }

    /** Sets the worker grids of the selected graphs. Every name must be a task of the plan. */
    public TornadoExecutionPlan withGridScheduler(GridScheduler gridScheduler) {
        plan.useGrids(gridScheduler);
        return this;
    }

    /** Does nothing here: it is about loops marked {@code @Parallel}, which the emulator runs one after the other. */
    public TornadoExecutionPlan withDefaultScheduler() {
        return this;
    }

    public TornadoExecutionPlan withProfiler(ProfilerMode profilerMode) {
        this.profilerMode = profilerMode;
        return this;
    }

    public TornadoExecutionPlan withoutProfiler() {
        profilerMode = null;
        return this;
    }

    public TornadoExecutionPlan resetDevice() {
        plan.free();
        return this;
    }

    /** Unique among the plans of this JVM. */
    public long getId() {
        return id;
    }

    /** Number of plans made so far. */
    public long getGlobalExecutionPlansCounter() {
        return PLANS.get();
    }

    /** Does nothing here: a profile is that of one execution. */
    public TornadoExecutionPlan clearProfiles() {
        return this;
    }

    /** Does nothing here. */
    public TornadoExecutionPlan withThreadInfo() {
        return this;
    }

    /** Does nothing here. */
    public TornadoExecutionPlan withoutThreadInfo() {
        return this;
    }

    /** Does nothing here: the kernel that runs is the Java code. */
    public TornadoExecutionPlan withPrintKernel() {
        return this;
    }

    /** Does nothing here. */
    public TornadoExecutionPlan withoutPrintKernel() {
        return this;
    }

    /** Does nothing here: nothing is compiled. */
    public TornadoExecutionPlan withCompilerFlags(TornadoVMBackendType backend, String compilerFlags) {
        return this;
    }

    /**
     * Has the first execution of the selected graphs recorded, and later ones replayed: with the grids and the memory on
     * the device that they had then, whatever has become of either. Inside the record are the copies of every execution
     * and the tasks; what is copied in once is copied before.
     */
    public TornadoExecutionPlan withCUDAGraph() {
        plan.captureFirstExecution();
        return this;
    }

    /** Runs the selected graphs {@code iterations} times without keeping results. */
    public TornadoExecutionPlan withWarmUpIterations(int iterations) {
        if (iterations < 0) {
            throw new TornadoRuntimeException("the number of iterations is " + iterations);
        }
        for (int i = 0; i < iterations; i++) {
            plan.execute();
        }
        return this;
    }

    /** Frees the device memory of the selected graphs. */
    @Override
    public void close() throws TornadoExecutionPlanException {
        plan.free();
    }

    /** Bytes that the selected graphs have on the device. */
    public long getCurrentDeviceMemoryUsage() {
        return plan.deviceBytes();
    }

    /** The result of the execution of this index, counted from 0. */
    public TornadoExecutionResult getPlanResult(int index) {
        if (index >= results.size()) {
            throw new TornadoRuntimeException("there is no result " + index + ", only " + results.size());
        }
        return results.get(index);
    }
}
