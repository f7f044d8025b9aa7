package io.github.tornadoctc;

import static java.util.stream.Collectors.joining;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the backends on the class path and chooses among them. */
public final class CtcBackends {
    /** The system property that forces {@link #best()}'s choice, by name. */
    public static final String FORCE_PROPERTY = "tornadoctc.backend";

    private static final Logger LOG = LoggerFactory.getLogger(CtcBackends.class);

    private CtcBackends() {}

    /** Every backend on the class path, usable here or not, the best ranked first. */
    public static List<CtcBackendProvider> providers() {
        return ServiceLoader.load(CtcBackendProvider.class, CtcBackends.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(CtcBackendProvider::rank)
                        .reversed()
                        .thenComparing(CtcBackendProvider::name))
                .toList();
    }

    /**
     * Opens a backend that computes each call where it is estimated to take least: on the CPU, or on a device that is
     * worth the way there, once all calls so far would have made up for starting it. Where there is only one backend to
     * choose, it is that one. What is chosen is logged, and why a backend was passed over; {@value #FORCE_PROPERTY} forces
     * one by name.
     *
     * <p>A device that fails is left out from then on, with a warning, and the CPU computes what it has failed at. An
     * utterance's result has the same bits in all calls that are computed on the same backend: who wants them always, opens
     * one by name.
     *
     * @throws BackendUnavailableException if the forced one cannot be used here
     */
    public static CtcBackend best() {
        return best(CtcConfiguration.defaults());
    }

    /**
     * As {@link #best()}, within the limits of a configuration.
     *
     * @throws IllegalArgumentException if the configuration names a device, since that does not say of which backend
     * @throws BackendUnavailableException if the forced one cannot be used here
     */
    public static CtcBackend best(CtcConfiguration configuration) {
        if (configuration.device() != null) {
            throw new IllegalArgumentException(
                    "device = %s needs a backend to be named".formatted(configuration.device()));
        }
        String forced = System.getProperty(FORCE_PROPERTY);
        if (forced != null && !forced.equals("auto")) {
            LOG.info("backend {}: forced by -D{}", forced, FORCE_PROPERTY);
            return open(forced, configuration);
        }
        return new AutomaticChoice(providers(), cache()).open(configuration);
    }

    /**
     * Measures what calls cost on this machine, on every backend that may be chosen call by call, which takes some seconds
     * each, and keeps it for later. {@link #best()} does the same when it first starts a device.
     *
     * @param passedOver is told the names of those that cannot be measured, and why
     */
    public static List<CtcCalibration> calibrate(BiConsumer<String, String> passedOver) {
        return new AutomaticChoice(providers(), cache()).calibrate(passedOver);
    }

    /**
     * What is kept of earlier measurements for this JVM.
     *
     * @param notMeasured is told the names of those of which nothing is, and why
     */
    public static List<CtcCalibration> calibrations(BiConsumer<String, String> notMeasured) {
        return new AutomaticChoice(providers(), cache()).kept(notMeasured);
    }

    /**
     * The file that a calibration is kept in; empty if it is not kept, as {@code -Dtornadoctc.cache=} says, or could not
     * be written.
     */
    public static Optional<Path> file(CtcCalibration calibration) {
        return cache().file(calibration.backend(), calibration.holdsFor()).filter(Files::isRegularFile);
    }

    private static CalibrationCache cache() {
        return new CalibrationCache(CacheDirectory.of(System.getProperties(), System.getenv()));
    }

    /**
     * Opens a backend by name, on its default device and without limits; {@code auto} is {@link #best()}.
     *
     * @throws IllegalArgumentException if there is no backend of that name
     * @throws BackendUnavailableException if the backend cannot be used here
     */
    public static CtcBackend open(String name) {
        return open(name, CtcConfiguration.defaults());
    }

    /**
     * Opens a backend by name; {@code auto} is {@link #best(CtcConfiguration)}.
     *
     * @throws IllegalArgumentException if there is no backend of that name, or {@code auto} is given a device
     * @throws BackendUnavailableException if the backend or the device cannot be used here
     */
    public static CtcBackend open(String name, CtcConfiguration configuration) {
        if (name.equals("auto")) {
            return best(configuration);
        }
        CtcBackendProvider provider = provider(name);
        Optional<String> reason = provider.unavailable();
        if (reason.isPresent()) {
            throw new BackendUnavailableException("backend %s cannot be used here: %s".formatted(name, reason.get()));
        }
        return provider.open(configuration);
    }

    /**
     * The provider of the backend of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CtcBackendProvider provider(String name) {
        List<CtcBackendProvider> providers = providers();
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("backend = %s is none of auto, %s"
                        .formatted(
                                name,
                                providers.stream().map(CtcBackendProvider::name).collect(joining(", ")))));
    }
}
