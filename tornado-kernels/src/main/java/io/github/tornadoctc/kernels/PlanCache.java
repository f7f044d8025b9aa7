package io.github.tornadoctc.kernels;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compiled plans of an operation, one for each kind of call, replaced by a larger one when a batch does not fit it.
 *
 * @param <K> what tells kinds of calls apart that are compiled differently
 */
final class PlanCache<K, P extends CachedPlan> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlanCache.class);

    /** What a byte takes longer to or from memory that is not pinned: measured on an NVIDIA H200, 0.13 in and 0.06 out. */
    private static final double NANOS_A_BYTE_WITHOUT_PIN = 0.1;

    private final DeviceLimits limits;
    private final Map<Key<K>, P> plans = new HashMap<>();
    private int made;
    private double nanosWithoutPins;

    /** Kernels that go block by block are slower and have fewer lanes, so batches without blocks have plans of their own. */
    private record Key<K>(K kind, boolean blocks) {}

    PlanCache(DeviceLimits limits) {
        this.limits = limits;
    }

    /** A plan of that kind with room for what is needed, which fits the device; made if there is none. */
    P get(K kind, Capacity needed, Function<Capacity, P> maker) {
        Key<K> key = new Key<>(kind, needed.hasBlocks());
        P current = plans.get(key);
        if (current != null && current.capacity().covers(needed)) {
            return current;
        }
        Capacity capacity = needed;
        if (current != null) {
            // what served so far is likely to come again, unless both together are too much
            Capacity both = needed.max(current.capacity());
            capacity = limits.allows(both) ? both : needed;
            plans.remove(key);
            current.close();
        }
        LOG.info("new plan for {}: {} bytes on {}", capacity, capacity.bytes(), limits.description());
        P plan = maker.apply(capacity);
        plans.put(key, plan);
        made++;
        return plan;
    }

    /** How many plans there are. */
    int size() {
        return plans.size();
    }

    /** Closes the plans of all kinds but these. */
    void keep(Predicate<K> kinds) {
        List<Key<K>> others =
                plans.keySet().stream().filter(key -> !kinds.test(key.kind())).toList();
        for (Key<K> other : others) {
            Objects.requireNonNull(plans.remove(other)).close();
        }
    }

    /** How many plans were made so far. */
    int made() {
        return made;
    }

    /**
     * Counts what some plans have copied between host and device. Once copies without pins have taken longer by as much as
     * it costs to make the plans anew, all are closed, and come back with pins when they are needed again. Closing one
     * takes the pins of all, so it is all of them or none.
     */
    void count(Collection<P> used, long bytes) {
        if (used.stream().noneMatch(CachedPlan::hasLostPins)) {
            return;
        }
        nanosWithoutPins += NANOS_A_BYTE_WITHOUT_PIN * bytes;
        if (nanosWithoutPins > nanosToMake()) {
            LOG.info("plans are made anew on {}: TornadoVM has taken their pins", limits.description());
            clear();
            nanosWithoutPins = 0;
        }
    }

    /**
     * The nanoseconds that making all plans again would take, if each took as long as the fastest has: those made first
     * have waited for TornadoVM's compiler to start and to become fast.
     */
    private long nanosToMake() {
        long least =
                plans.values().stream().mapToLong(CachedPlan::firstNanos).min().orElse(0);
        return least * plans.size();
    }

    /** Closes every plan; those that are needed again are made anew. */
    void clear() {
        plans.values().forEach(CachedPlan::close);
        plans.clear();
    }

    /** Bytes that the plans have on the device. */
    long deviceMemory() {
        return plans.values().stream()
                .mapToLong(plan -> plan.devicePlan().deviceMemory())
                .sum();
    }

    @Override
    public void close() {
        clear();
    }
}
