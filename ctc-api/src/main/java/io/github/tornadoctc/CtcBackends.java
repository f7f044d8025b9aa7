package io.github.tornadoctc;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
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
     * Opens the best ranked backend that can be used here, or the one that {@value #FORCE_PROPERTY} names. Logs the
     * choice, and why each better ranked one was passed over.
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
        for (CtcBackendProvider provider : providers()) {
            if (provider.rank() < 0) {
                continue;
            }
            Optional<String> reason = provider.unavailable();
            if (reason.isPresent()) {
                LOG.info("backend {} passed over: {}", provider.name(), reason.get());
                continue;
            }
            CtcBackend backend = provider.open(configuration);
            LOG.info("backend {}: {}", backend.name(), backend.device());
            return backend;
        }
        throw new BackendUnavailableException("no backend can be used here");
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
