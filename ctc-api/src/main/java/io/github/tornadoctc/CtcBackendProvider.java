package io.github.tornadoctc;

import java.util.List;
import java.util.Optional;

/**
 * A backend that may be usable here; found through {@link java.util.ServiceLoader}. Making a provider and asking its
 * name and rank starts nothing and changes nothing in the JVM.
 */
public interface CtcBackendProvider {

    /** The name the backend is chosen by. */
    String name();

    /**
     * Where {@code auto} ranks this backend among those that can be used: the highest wins, but for backends that have a
     * {@linkplain #costModel() cost model}, among which the choice is made call by call. A negative rank is never chosen
     * automatically.
     */
    int rank();

    /**
     * What calls cost, for a choice call by call; empty for a backend that says nothing of it. Asking for it starts
     * nothing.
     */
    default Optional<CtcCostModel> costModel() {
        return Optional.empty();
    }

    /** Why the backend cannot be used here, or empty if it can. */
    Optional<String> unavailable();

    /** The devices it can compute on; empty if it cannot be used here. */
    List<CtcDevice> devices();

    /**
     * Opens the backend.
     *
     * @throws BackendUnavailableException if the backend, or the device that the configuration names, cannot be used
     *     here
     */
    CtcBackend open(CtcConfiguration configuration);
}
