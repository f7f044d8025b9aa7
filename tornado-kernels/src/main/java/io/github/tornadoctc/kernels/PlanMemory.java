package io.github.tornadoctc.kernels;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

/**
 * The memory of a device, which all plans of a backend share. Where a new plan has no room beside the others, those that
 * have not been used for longest are closed. So that none is closed at work, calls run one after the other.
 *
 * <p>TornadoVM's limit and the device's memory are of all backends of this JVM, which do not know of each other until one
 * finds no memory.
 */
final class PlanMemory {
    private static final Logger LOG = LoggerFactory.getLogger(PlanMemory.class);

    /** Of every backend that may still be in use; to be locked for a look. */
    private static final Set<PlanMemory> ALL = Collections.newSetFromMap(new WeakHashMap<>());

    private final DeviceLimits limits;
    /** Held by the call that runs. */
    private final ReentrantLock running = new ReentrantLock();

    /** The least recently used first. */
    private final Map<CachedPlan, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<CachedPlan> inUse = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * What a plan has.
     *
     * @param close takes it out of its cache and closes it
     */
    private record Held(long bytes, Runnable close) {}

    PlanMemory(DeviceLimits limits) {
        this.limits = limits;
        synchronized (ALL) {
            ALL.add(this);
        }
    }

    /** What the device allows. */
    DeviceLimits limits() {
        return limits;
    }

    /**
     * Runs what uses plans when nothing else does. When it fails, the plans that it has used are closed, since one that
     * has failed at its first execution has half of its buffers and never executes. When the device has no memory, for
     * what others have there, it runs once more without any other plan, but for those of backends that are at work.
     */
    <R> R call(Supplier<R> call) {
        return alone(() -> {
            try {
                return attempt(call);
            } catch (TornadoOutOfMemoryException e) {
                LOG.info("all plans are closed on {}, which has no memory left", limits.description(), e);
                close(List.copyOf(held.keySet()), e);
                others().forEach(other -> other.closeIfIdle(e));
                return attempt(call);
            }
        });
    }

    /** Runs what no call may run beside. */
    <R> R alone(Supplier<R> work) {
        running.lock();
        try {
            return work.get();
        } finally {
            running.unlock();
        }
    }

    /** {@link #alone(Supplier)} */
    void alone(Runnable work) {
        alone(() -> {
            work.run();
            return true;
        });
    }

    private List<PlanMemory> others() {
        synchronized (ALL) {
            return ALL.stream().filter(memory -> memory != this).toList();
        }
    }

    /** Closes all plans, if no call runs: to wait for one could be to wait for each other. */
    private void closeIfIdle(Throwable because) {
        if (running.tryLock()) {
            try {
                close(List.copyOf(held.keySet()), because);
            } finally {
                running.unlock();
            }
        }
    }

    private <R> R attempt(Supplier<R> call) {
        inUse.clear();
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            close(List.copyOf(inUse), e);
            throw e;
        } finally {
            inUse.clear();
        }
    }

    private void close(List<CachedPlan> plans, Throwable because) {
        for (CachedPlan plan : plans) {
            Held closed = held.remove(plan);
            if (closed != null) {
                try {
                    closed.close().run();
                } catch (RuntimeException | Error e) {
                    because.addSuppressed(e);
                }
            }
        }
    }

    /**
     * Closes plans that this call does not use, the least recently used first, until there is room for a new one. False, and
     * none is closed, if there would be none beside the plans that it uses.
     */
    boolean makeRoom(long bytes) {
        if (bytes + bytesOf(inUse) > limits.memory()) {
            return false;
        }
        List<CachedPlan> idle = new ArrayList<>(held.keySet());
        idle.removeIf(inUse::contains);
        for (CachedPlan plan : idle) {
            if (bytes + bytesOf(held.keySet()) > limits.memory()) {
                LOG.info("a plan is closed on {} to make room for another", limits.description());
                Objects.requireNonNull(held.remove(plan)).close().run();
            }
        }
        return true;
    }

    private long bytesOf(Set<CachedPlan> plans) {
        return held.entrySet().stream()
                .filter(entry -> plans.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().bytes())
                .sum();
    }

    /** Counts a new plan, which this call uses. */
    void add(CachedPlan plan, long bytes, Runnable close) {
        held.put(plan, new Held(bytes, close));
        inUse.add(plan);
    }

    /** Notes that this call uses a plan, which becomes the last to be closed. */
    void use(CachedPlan plan) {
        if (held.get(plan) != null) {
            inUse.add(plan);
        }
    }

    /** Forgets a plan that is closed. */
    void remove(CachedPlan plan) {
        held.remove(plan);
        inUse.remove(plan);
    }
}
