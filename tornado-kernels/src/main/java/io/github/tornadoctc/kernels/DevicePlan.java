package io.github.tornadoctc.kernels;

import io.github.tornadoctc.kernels.profile.CtcProfile;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A task graph with its grids on one device, compiled when it is first executed, and captured then if that is wanted
 * (see {@link CudaGraphs}). A captured one is replayed only while the grids are those that were captured; with others it
 * is made and compiled anew, which takes as long as the first time. So it is for graphs whose grids stay, and not for the
 * plans that serve batches of any size: there every batch has grids of its own, and the copies of the scores take longer
 * than the launches.
 */
final class DevicePlan implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevicePlan.class);

    /** Held while a plan is executed for the first time, which compiles it: TornadoVM compiles for one at a time. */
    private static final Object COMPILING = new Object();

    /** How many plans of this JVM have been closed. */
    private static final AtomicInteger CLOSED = new AtomicInteger();

    private final TaskGraph graph;
    private final GridScheduler grids;
    private final TornadoDevice device;
    private boolean capture;

    private TornadoExecutionPlan plan;
    private boolean captured;
    private @Nullable GridSizes replayed;
    private @Nullable TornadoExecutionResult last;
    private int opened;
    private int closedBefore;
    private long firstNanos;

    /** A plan that is never captured. */
    DevicePlan(TaskGraph graph, GridScheduler grids, TornadoDevice device) {
        this(graph, grids, device, false);
    }

    /** A plan that is captured where {@code capture} says so. */
    DevicePlan(TaskGraph graph, GridScheduler grids, TornadoDevice device, boolean capture) {
        this.graph = graph;
        this.grids = grids;
        this.device = device;
        this.capture = capture;
        this.captured = capture;
        this.plan = open(capture);
    }

    private TornadoExecutionPlan open(boolean withGraph) {
        opened++;
        TornadoExecutionPlan made = new TornadoExecutionPlan(graph.snapshot()).withDevice(device);
        return withGraph ? made.withCUDAGraph() : made;
    }

    /** Another plan of the same graph instead of this one; the arrays on the device are new, too. */
    private void reopen(boolean withGraph) {
        close();
        captured = withGraph;
        replayed = null;
        last = null;
        plan = open(withGraph);
    }

    /** Runs the graph, with the grids as they are now, and waits until it is done. */
    void execute() {
        if (capture) {
            executeCaptured();
        } else {
            executeOnce();
        }
    }

    private TornadoExecutionResult executeOnce() {
        TornadoExecutionResult executed = last == null ? executeFirst() : executeAgain();
        last = executed;
        return executed;
    }

    private TornadoExecutionResult executeAgain() {
        return plan.withGridScheduler(grids).execute();
    }

    private TornadoExecutionResult executeFirst() {
        synchronized (COMPILING) {
            closedBefore = CLOSED.get();
            long start = System.nanoTime();
            TornadoExecutionResult executed = executeAgain();
            firstNanos = System.nanoTime() - start;
            return executed;
        }
    }

    /** The nanoseconds of the first execution, which are for the most part those of compiling. */
    long firstNanos() {
        return firstNanos;
    }

    /**
     * Whether the arrays of the host have lost their pins, without which copies are several times as slow. TornadoVM
     * 5.2.0's CUDA backend pins them when it makes a plan's buffers, and takes back the pins of all plans when one is
     * closed. Pins come back only with new buffers, and so with a plan that is compiled anew.
     */
    boolean hasLostPins() {
        return device.getTornadoVMBackend() == TornadoVMBackendType.CUDA
                && last != null
                && CLOSED.get() != closedBefore;
    }

    private void executeCaptured() {
        if (!captured || (replayed != null && !replayed.hold())) {
            reopen(true);
        }
        boolean first = replayed == null;
        if (first) {
            replayed = GridSizes.of(grids);
        }
        try {
            executeOnce();
        } catch (TornadoBailoutRuntimeException e) {
            if (!first) {
                throw e;
            }
            LOG.warn("no CUDA graph on {}, its kernels are launched one by one", device.getDeviceName(), e);
            capture = false;
            try {
                close();
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            captured = false;
            last = null;
            plan = open(false);
            executeOnce();
        }
    }

    /**
     * The same under TornadoVM's profiler, and never captured: the profiler would see nothing.
     *
     * @param copiedOut the arrays that every execution copies to the host
     */
    CtcProfile profile(List<? extends TornadoNativeArray> copiedOut) {
        if (captured) {
            reopen(false);
            // compiles, and copies what is copied once
            executeOnce();
        }
        TornadoExecutionResult executed = executeProfiled();
        // All of it is taken before an array may be read once more, since TornadoVM begins the profile anew with that.
        CtcProfile profile = ProfileLog.lastExecution(executed.getProfilerResult());
        CopiedOut out = CopiedOut.of(profile.copyOutNanos(), profile.bytesOut(), copiedOut, executed::transferToHost);
        return ProfileLog.with(out, profile);
    }

    /** The nanoseconds that the kernels of an execution have taken on the device. */
    long kernelNanos() {
        return executeProfiled().getProfilerResult().getDeviceKernelTime();
    }

    private TornadoExecutionResult executeProfiled() {
        plan.withProfiler(ProfilerMode.SILENT);
        try {
            return executeOnce();
        } finally {
            plan.withoutProfiler();
        }
    }

    /**
     * Copies an array of the last execution to the host.
     *
     * @throws IllegalStateException if there was none
     */
    void transferToHost(TornadoNativeArray array) {
        if (last == null) {
            throw new IllegalStateException("nothing has been computed yet");
        }
        last.transferToHost(array);
    }

    /**
     * Copies the first elements of an array of the last execution to the host.
     *
     * @throws IllegalStateException if there was none
     */
    void transferToHost(TornadoNativeArray array, long elements) {
        if (last == null) {
            throw new IllegalStateException("nothing has been computed yet");
        }
        if (elements > 0) {
            last.transferToHost(new DataRange(array).withSize(elements));
        }
    }

    /** How many plans of the graph have been made, each compiled and, where that is wanted, captured once. */
    int opened() {
        return opened;
    }

    /** Bytes that the plan has on the device. */
    long deviceMemory() {
        return plan.getCurrentDeviceMemoryUsage();
    }

    @Override
    public void close() {
        CLOSED.incrementAndGet();
        try (TornadoExecutionPlan closed = plan) {
            closed.freeDeviceMemory();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("TornadoVM could not close the plan", e);
        }
    }
}
