package io.github.tornadoctc;

import java.util.Map;
import java.util.Optional;

/**
 * What calls to a backend cost on this machine, by which {@link CtcBackends#best} chooses call by call. It stands beside
 * the backend, which knows what its time depends on, and is a formula with a few constants. They are measured once on a
 * machine and kept in the user's cache; until then there are {@linkplain #builtIn built-in} ones.
 */
public interface CtcCostModel {

    /** Why the backend cannot be used here, as far as can be told without starting anything; empty if it may be. */
    Optional<String> missing();

    /**
     * What the constants hold for, besides the JVM and its processors, such as the version of a library; told without
     * starting anything.
     */
    String holdsFor();

    /**
     * The device that is chosen where nobody has named one; this may start the backend. Empty if there is none but the CPU
     * itself, on which a backend for accelerators is never chosen by itself.
     */
    Optional<CtcDevice> device();

    /** Constants to go by where nothing has been measured. A name says the unit, as in {@code symbolNanos}. */
    Map<String, Double> builtIn();

    /** The formula with these constants, which have the names of {@link #builtIn()}. */
    CtcCosts costs(Map<String, Double> constants);

    /**
     * Measures the constants on a device, in a few seconds.
     *
     * @param device what {@link #device()} is
     */
    Map<String, Double> measure(CtcDevice device);

    /**
     * One of the constants.
     *
     * @throws IllegalArgumentException if it is missing
     */
    static double constant(Map<String, Double> constants, String name) {
        Double value = constants.get(name);
        if (value == null) {
            throw new IllegalArgumentException("constants has no %s, only %s".formatted(name, constants.keySet()));
        }
        return value;
    }
}
