package io.github.tornadoctc.cpu;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses between the Vector API and the scalar loops, and logs why. */
final class KernelChoice {
    /** {@code auto}, {@code true} or {@code false}. */
    static final String PROPERTY = "tornadoctc.cpu.vector";

    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final String MODULE = "jdk.incubator.vector";

    private KernelChoice() {}

    /**
     * What {@value #PROPERTY} forces, else vectors if there are any.
     *
     * @throws IllegalArgumentException if the property is neither {@code auto}, {@code true} nor {@code false}
     * @throws IllegalStateException if it is {@code true} and there are no vectors
     */
    static Kernels choose() {
        String wanted = System.getProperty(PROPERTY, "auto");
        if (wanted.equals("false")) {
            LOG.info("cpu kernels: scalar, forced by -D{}=false", PROPERTY);
            return Kernels.SCALAR;
        }
        if (!wanted.equals("true") && !wanted.equals("auto")) {
            throw new IllegalArgumentException("%s = %s is none of auto, true, false".formatted(PROPERTY, wanted));
        }
        String missing = missing();
        if (missing.isEmpty()) {
            LOG.info("cpu kernels: {}", Kernels.VECTOR.description());
            return Kernels.VECTOR;
        }
        if (wanted.equals("true")) {
            throw new IllegalStateException("%s = true, but %s".formatted(PROPERTY, missing));
        }
        LOG.info("cpu kernels: scalar, since {}", missing);
        return Kernels.SCALAR;
    }

    /** Why there are no vectors; empty if there are. */
    static String missing() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return "java was started without --add-modules " + MODULE;
        }
        try {
            return Species.DOUBLES.length() > 1 ? "" : "this machine has no vectors of two doubles";
        } catch (LinkageError e) {
            return MODULE + " does not fit: " + e;
        }
    }
}
