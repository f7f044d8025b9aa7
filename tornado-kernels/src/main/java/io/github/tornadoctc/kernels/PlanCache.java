package io.github.tornadoctc.kernels;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    private final PlanMemory memory;
    private final DeviceLimits limits;
    /** The least recently used first. */
    private final Map<Key<K>, P> plans = new LinkedHashMap<>(16, 0.75f, true);

    private int made;
    private double nanosWithoutPins;

    /** Kernels that go block by block are slower and have fewer lanes, so batches without blocks have plans of their own. */
    private record Key<K>(K kind, boolean blocks) {}

    /** Plans that share that memory with those of other caches. */
    PlanCache(PlanMemory memory) {
        this.memory = memory;
        this.limits = memory.limits();
    }

    /** A plan of that kind with room for what is needed, which fits the device; made if there is none. */
    P get(K kind, Capacity needed, Function<Capacity, P> maker) {
        return get(kind, needed, 0, maker);
    }

    /** The same if a new plan takes {@code more} bytes on the device than its capacity has. */
    P get(K kind, Capacity needed, long more, Function<Capacity, P> maker) {
        return find(kind, needed, more, maker).orElseGet(() -> make(kind, needed, more, maker));
    }

    /** The same, but none is made if there is no room for it beside those that the call uses already. */
    Optional<P> find(K kind, Capacity needed, Function<Capacity, P> maker) {
        return find(kind, needed, 0, maker);
    }

    private Optional<P> find(K kind, Capacity needed, long more, Function<Capacity, P> maker) {
        Key<K> key = new Key<>(kind, needed.constants().blocks());
        P current = plans.get(key);
        if (current != null && current.capacity().covers(needed)) {
            memory.use(current);
            return Optional.of(current);
        }
        if (current != null) {
            close(key);
            // what served so far is likely to come again, unless both together are too much
            Capacity both = needed.max(current.capacity());
            if (limits.allows(both) && memory.makeRoom(both.bytes() + more)) {
                return Optional.of(make(kind, both, more, maker));
            }
        }
        return memory.makeRoom(needed.bytes() + more) ? Optional.of(make(kind, needed, more, maker)) : Optional.empty();
    }

    private P make(K kind, Capacity capacity, long more, Function<Capacity, P> maker) {
        LOG.info("new plan for {}: {} bytes on {}", capacity, capacity.bytes() + more, limits.description());
        P plan = maker.apply(capacity);
        Key<K> key = new Key<>(kind, capacity.constants().blocks());
        plans.put(key, plan);
        memory.add(plan, capacity.bytes() + more, () -> close(key));
        made++;
        return plan;
    }

    private void close(Key<K> key) {
        P plan = Objects.requireNonNull(plans.remove(key));
        memory.remove(plan);
        plan.close();
    }

    /** Closes the plans that have not been used for longest, but for so many. */
    void keep(int most) {
        while (plans.size() > most) {
            close(plans.keySet().iterator().next());
        }
    }

    /** Closes the plans of all kinds but these. */
    void keep(Predicate<K> kinds) {
        plans.keySet().stream().filter(key -> !kinds.test(key.kind())).toList().forEach(this::close);
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
        keep(0);
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
