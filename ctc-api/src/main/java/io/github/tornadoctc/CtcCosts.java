package io.github.tornadoctc;

/** What calls to a backend are estimated to take on one machine, by the wall clock. */
public interface CtcCosts {

    /** Nanoseconds until a first call could begin: to start the backend and to compile. 0 of what is always there. */
    double startNanos();

    /** Nanoseconds of a call, in a JVM that has been running for a while. */
    double callNanos(CtcCall call);
}
