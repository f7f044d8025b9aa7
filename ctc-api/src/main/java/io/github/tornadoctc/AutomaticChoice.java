package io.github.tornadoctc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code auto} is here: one backend, or one that chooses among several. */
final class AutomaticChoice {
    static final String ONLY_THE_CPU = "it has no device but the CPU itself, which is chosen by name alone";

    private static final String NO_COST_MODEL = "it has no cost model";
    private static final String NOTHING_KEPT = "nothing is kept of it for this JVM";

    private static final Logger LOG = LoggerFactory.getLogger(CtcBackends.class);

    private final List<CtcBackendProvider> providers;
    private final CalibrationCache cache;
    private final List<Candidate> candidates = new ArrayList<>();

    /** Among these, the best ranked first. */
    AutomaticChoice(List<CtcBackendProvider> providers, CalibrationCache cache) {
        this.providers =
                providers.stream().filter(provider -> provider.rank() >= 0).toList();
        this.cache = cache;
    }

    /**
     * Opens the choice. A backend without a cost model is taken if no better ranked one can be used.
     *
     * @throws BackendUnavailableException if there is nothing to choose
     */
    CtcBackend open(CtcConfiguration configuration) {
        for (CtcBackendProvider provider : providers) {
            Optional<CtcCostModel> model = provider.costModel();
            Optional<String> reason = model.isPresent() ? model.get().missing() : provider.unavailable();
            if (reason.isPresent()) {
                LOG.info("backend {} passed over: {}", provider.name(), reason.get());
            } else if (model.isPresent()) {
                candidates.add(new Candidate(provider, model.get(), cache));
            } else if (candidates.isEmpty()) {
                return opened(provider.open(configuration));
            }
        }
        if (candidates.isEmpty()) {
            throw new BackendUnavailableException("no backend can be used here");
        }
        if (candidates.size() == 1) {
            return opened(openOnly(candidates.getFirst(), configuration));
        }
        return opened(new ChoosingBackend(
                candidates, configuration, Runtime.getRuntime().availableProcessors()));
    }

    private static CtcBackend openOnly(Candidate candidate, CtcConfiguration configuration) {
        if (!candidate.open(configuration)) {
            throw new BackendUnavailableException(
                    "no backend can be used here; %s is there, but cannot be chosen by itself"
                            .formatted(candidate.name()));
        }
        return candidate.backend();
    }

    private static CtcBackend opened(CtcBackend backend) {
        LOG.info("backend {}: {}", backend.name(), backend.device());
        return backend;
    }

    /** Measures the constants of all that may be chosen, and keeps them. */
    List<CtcCalibration> calibrate(BiConsumer<String, String> passedOver) {
        List<CtcCalibration> measured = new ArrayList<>();
        for (CtcBackendProvider provider : providers) {
            if (provider.costModel().isEmpty()) {
                passedOver.accept(provider.name(), NO_COST_MODEL);
                continue;
            }
            CtcCostModel model = provider.costModel().get();
            Optional<String> reason = model.missing().or(provider::unavailable);
            Optional<CtcDevice> device = reason.isPresent() ? Optional.empty() : model.device();
            if (device.isEmpty()) {
                passedOver.accept(provider.name(), reason.orElse(ONLY_THE_CPU));
                continue;
            }
            CtcCalibration calibration = CtcCalibration.measure(provider.name(), model, device.get());
            cache.save(calibration);
            measured.add(calibration);
        }
        return measured;
    }

    /** What is kept for this JVM; {@code notMeasured} is told the others. Nothing is started. */
    List<CtcCalibration> kept(BiConsumer<String, String> notMeasured) {
        List<CtcCalibration> kept = new ArrayList<>();
        for (CtcBackendProvider provider : providers) {
            Optional<CtcCostModel> model = provider.costModel();
            Optional<CtcCalibration> found = model.flatMap(each -> cache.load(provider.name(), each));
            if (found.isPresent()) {
                kept.add(found.get());
            } else {
                notMeasured.accept(
                        provider.name(),
                        model.isEmpty() ? NO_COST_MODEL : model.get().missing().orElse(NOTHING_KEPT));
            }
        }
        return kept;
    }
}
