package io.github.tornadoctc;

/**
 * Makes a backend as fast as it gets, before it is timed or before the first user waits for it. Without it, one that
 * has code to compile goes on with what is fast at once, and changes over when it sees that it is worth it; and one that
 * chooses among others, {@link CtcBackends#best}, starts a device when calls have been enough to make up for that.
 */
public interface CtcWarmUp extends CtcOperation {

    /** Returns once calls take no less for being repeated; seconds, the first time in a JVM. */
    void warmUp();

    /** Warms a backend up if it has anything to warm up. */
    static void of(CtcBackend backend) {
        backend.operation(CtcWarmUp.class).ifPresent(CtcWarmUp::warmUp);
    }
}
