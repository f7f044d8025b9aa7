package io.github.tornadoctc;

import static java.util.stream.Collectors.joining;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes each call on the backend that is estimated to take least. One is there from the beginning, the one that starts
 * soonest, and computes also what another one fails at. Another is started, which takes seconds, when the calls so far
 * would together have gained as much on it: whatever comes, no more than twice the time is spent that the better choice
 * would have taken. Who asks for memory to lend, or warms this up, has it started at once. The estimates depend on sizes
 * and on whose memory it is, and not on what calls have taken, so the same calls in the same order are computed on the
 * same backends while the constants stay.
 */
final class ChoosingBackend implements CtcBackend, CtcChoice, CtcWarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(ChoosingBackend.class);

    private final CtcConfiguration configuration;
    private final int threads;
    private final Candidate base;
    private final List<Candidate> others;
    private volatile Candidate last;
    private volatile boolean closed;

    /** At least one candidate; the one that starts soonest is opened here. */
    ChoosingBackend(List<Candidate> candidates, CtcConfiguration configuration, int processors) {
        List<Candidate> soonestFirst = new ArrayList<>(candidates);
        soonestFirst.sort(
                Comparator.comparingDouble(candidate -> candidate.costs().startNanos()));
        this.configuration = configuration;
        this.threads = Math.min(configuration.maxThreads(), processors);
        this.base = soonestFirst.getFirst();
        this.others = List.copyOf(soonestFirst.subList(1, soonestFirst.size()));
        this.last = base;
        if (!base.open(configuration)) {
            throw new BackendUnavailableException("backend %s does not start".formatted(base.name()));
        }
    }

    @Override
    public String name() {
        return "auto";
    }

    /** All devices that may be chosen. */
    @Override
    public String device() {
        return all().stream()
                .filter(Candidate::isIn)
                .map(candidate -> candidate.isOpen()
                        ? "%s: %s"
                                .formatted(candidate.name(), candidate.backend().device())
                        : candidate.name() + ", not started")
                .collect(joining("; "));
    }

    private List<Candidate> all() {
        List<Candidate> all = new ArrayList<>(others);
        all.addFirst(base);
        return all;
    }

    @Override
    public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        if (closed) {
            throw new IllegalStateException("backend auto is closed");
        }
        Candidate chosen = batch.hasScores() ? choose(batch, options, result) : base;
        if (chosen == base) {
            base.backend().compute(batch, options, result);
            return;
        }
        try {
            chosen.backend().compute(batch, options, result);
        } catch (RuntimeException | Error e) {
            // what this one cannot compute either is no fault of the other's
            base.backend().compute(batch, options, result);
            fallBack(chosen, e);
        }
    }

    /** The cheapest for this call, started if that has become worth while. */
    private Candidate choose(CtcBatch batch, CtcOptions options, CtcResult result) {
        Candidate cheapest = cheapest(batch, options, result);
        for (Candidate other : others) {
            if (other.isIn() && !other.isOpen()) {
                double gained = nanos(cheapest, batch, options, result) - nanos(other, batch, options, result);
                if (gained > 0 && other.isWorthStarting(gained) && start(other)) {
                    cheapest = cheapest(batch, options, result);
                }
            }
        }
        if (cheapest != last) {
            last = cheapest;
            LOG.info(
                    "backend {} for T={} B={} V={}: estimated milliseconds {}",
                    cheapest.name(),
                    batch.timeSteps(),
                    batch.batchSize(),
                    batch.symbols(),
                    inMilliseconds(estimates(batch, options, result)));
        }
        return cheapest;
    }

    private static String inMilliseconds(Map<String, Double> nanos) {
        return nanos.entrySet().stream()
                .map(each -> "%s %.3f".formatted(each.getKey(), each.getValue() / 1e6))
                .collect(joining(", "));
    }

    private boolean start(Candidate other) {
        boolean started = other.open(configuration);
        if (closed) {
            other.close();
        } else if (started) {
            all().stream().filter(Candidate::isOpen).forEach(Candidate::calibrate);
        }
        return started;
    }

    /** The cheapest of those that are open. */
    private Candidate cheapest(CtcBatch batch, CtcOptions options, CtcResult result) {
        Candidate cheapest = base;
        double least = Double.NaN;
        for (Candidate other : others) {
            if (other.isIn() && other.isOpen()) {
                if (Double.isNaN(least)) {
                    least = nanos(base, batch, options, result);
                }
                double nanos = nanos(other, batch, options, result);
                if (nanos < least) {
                    least = nanos;
                    cheapest = other;
                }
            }
        }
        return cheapest;
    }

    private double nanos(Candidate candidate, CtcBatch batch, CtcOptions options, CtcResult result) {
        boolean lent = candidate.isOpen() && candidate.backend().isInLentMemory(batch, options, result);
        return candidate.costs().callNanos(new CtcCall(batch, options, result.gradientType(), lent, threads));
    }

    private void fallBack(Candidate failed, Throwable error) {
        if (error instanceof IllegalArgumentException) {
            LOG.info("backend {} takes this batch: {} refuses it, {}", base.name(), failed.name(), error.getMessage());
        } else if (!closed && failed.leaveOut()) {
            LOG.warn("backend {} from now on: {} has failed", base.name(), failed.name(), error);
        }
    }

    /** Of a device, which is started for it; of the CPU, memory like any other, where there is none or it has no such. */
    @Override
    public MemorySegment allocate(long floats, Arena arena) {
        Optional<Candidate> owner = closed || floats < 1
                ? Optional.empty()
                : others.stream()
                        .filter(other -> other.isIn() && (other.isOpen() || start(other)))
                        .findFirst();
        if (owner.isPresent()) {
            try {
                return owner.get().backend().allocate(floats, arena);
            } catch (IllegalArgumentException e) {
                LOG.info(
                        "backend {} lends the memory: {} does not, {}",
                        base.name(),
                        owner.get().name(),
                        e.getMessage());
            }
        }
        return base.backend().allocate(floats, arena);
    }

    /** Starts all that may be chosen, and warms them up. */
    @Override
    public void warmUp() {
        for (Candidate candidate : all()) {
            if (!closed && candidate.isIn() && (candidate.isOpen() || start(candidate))) {
                CtcWarmUp.of(candidate.backend());
            }
        }
    }

    /** Of any that may be chosen. */
    @Override
    public boolean isInLentMemory(CtcBatch batch, CtcOptions options, CtcResult result) {
        return all().stream()
                .filter(candidate -> candidate.isIn() && candidate.isOpen())
                .anyMatch(candidate -> candidate.backend().isInLentMemory(batch, options, result));
    }

    @Override
    public CtcBackend chosen(CtcBatch batch, CtcOptions options, CtcResult result) {
        return cheapest(batch, options, result).backend();
    }

    @Override
    public Map<String, Double> estimates(CtcBatch batch, CtcOptions options, CtcResult result) {
        Map<String, Double> estimates = new LinkedHashMap<>();
        for (Candidate candidate : all()) {
            if (candidate.isIn()) {
                estimates.put(candidate.name(), nanos(candidate, batch, options, result));
            }
        }
        return estimates;
    }

    /**
     * An operation of the backend that computed the last call if that has it; else of the first one that has, among those
     * that are open, and then among the others, which are started for it.
     */
    @Override
    public <T extends CtcOperation> Optional<T> operation(Class<T> type) {
        if (type.isInstance(this)) {
            return Optional.of(type.cast(this));
        }
        Optional<T> found = last.operation(type);
        for (Candidate open : all()) {
            found = found.or(() -> open.operation(type));
        }
        for (Candidate other : others) {
            if (found.isEmpty() && !closed && !other.isOpen() && other.open(configuration)) {
                found = other.operation(type);
            }
        }
        return found;
    }

    @Override
    public void close() {
        closed = true;
        all().forEach(Candidate::close);
    }
}
