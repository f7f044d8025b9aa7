package io.github.tornadoctc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the backends that {@link ChoosingBackend} chooses among: not started yet, open, or out for the rest of the time. */
final class Candidate {
    private static final Logger LOG = LoggerFactory.getLogger(ChoosingBackend.class);

    /** Held while something is measured: what another thread measures beside it would disturb both. */
    private static final Object MEASURING = new Object();

    private final CtcBackendProvider provider;
    private final CtcCostModel model;
    private final CalibrationCache cache;
    private volatile CtcCosts costs;
    private volatile @Nullable CtcBackend backend;
    private volatile boolean out;
    private double missedNanos;

    Candidate(CtcBackendProvider provider, CtcCostModel model, CalibrationCache cache) {
        this.provider = provider;
        this.model = model;
        this.cache = cache;
        this.costs = model.costs(cache.load(provider.name(), model)
                .map(CtcCalibration::constants)
                .orElseGet(model::builtIn));
    }

    String name() {
        return provider.name();
    }

    CtcCosts costs() {
        return costs;
    }

    /** Whether it may be chosen now or later. */
    boolean isIn() {
        return !out;
    }

    boolean isOpen() {
        return backend != null;
    }

    /** The open backend. */
    CtcBackend backend() {
        CtcBackend open = backend;
        if (open == null) {
            throw new IllegalStateException("backend %s is not open".formatted(name()));
        }
        return open;
    }

    /**
     * Counts what a call would have taken less on this backend; whether all calls so far together would have made up for
     * starting it.
     */
    synchronized boolean isWorthStarting(double gainedNanos) {
        missedNanos += Math.max(gainedNanos, 0);
        return missedNanos >= costs.startNanos();
    }

    /**
     * Opens the backend on the device that it chooses by itself. If it cannot be used, or has no such device, it is out,
     * which is logged.
     */
    synchronized boolean open(CtcConfiguration configuration) {
        if (backend != null || out) {
            return backend != null;
        }
        try {
            Optional<String> reason = provider.unavailable();
            Optional<CtcDevice> device = reason.isPresent() ? Optional.empty() : model.device();
            if (device.isPresent()) {
                CtcDevice chosen = device.get();
                backend = provider.open(configuration.withDevice(chosen.id()));
                LOG.info("backend {}: opened on {}", name(), chosen.name());
                return true;
            }
            LOG.info("backend {} passed over: {}", name(), reason.orElse(AutomaticChoice.ONLY_THE_CPU));
        } catch (BackendUnavailableException e) {
            LOG.info("backend {} passed over: {}", name(), e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.warn("backend {} passed over, since it does not start", name(), e);
        }
        out = true;
        return false;
    }

    /** Takes the constants of this machine: those that are kept for the device, or else measured and kept. */
    synchronized void calibrate() {
        try {
            CtcDevice device = model.device().orElseThrow();
            synchronized (MEASURING) {
                Optional<CtcCalibration> kept = cache.load(name(), model).filter(found -> found.isOf(device));
                costs = model.costs(kept.orElseGet(() -> measure(device)).constants());
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("backend {} could not be calibrated; built-in constants are used", name(), e);
        }
    }

    private CtcCalibration measure(CtcDevice device) {
        // the call that is waited for was to start a device, and not to measure it
        LOG.info(
                "backend {}: measures now what calls cost on {}, which takes some seconds, about a minute at most; it is done"
                        + " once and kept",
                name(),
                device.name());
        CtcCalibration measured = CtcCalibration.measure(name(), model, device);
        LOG.info("backend {}: calibrated on {}: {}", name(), device.name(), measured.constants());
        cache.save(measured);
        return measured;
    }

    /** Leaves it out from now on; whether it was in until then. */
    synchronized boolean leaveOut() {
        boolean wasIn = !out;
        out = true;
        return wasIn;
    }

    /** The operation, if the backend is open and has it. */
    <T extends CtcOperation> Optional<T> operation(Class<T> type) {
        CtcBackend open = backend;
        return open == null || out ? Optional.empty() : open.operation(type);
    }

    void close() {
        CtcBackend open = backend;
        if (open != null) {
            open.close();
        }
    }
}
