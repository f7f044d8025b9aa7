package io.github.tornadoctc;

/** What calls to a backend are estimated to take on one machine, by the wall clock. */
public interface CtcCosts {

    /** Nanoseconds until a first call could begin: to start the backend and to compile. 0 of what is always there. */
    double startNanos();

    /**
     * Nanoseconds of a call, in a JVM that has been running for a while, with scores and gradient in the caller's own memory.
     * Of the batch only the sizes count, so the scores need not be there.
     *
     * @param threads of this JVM that may compute, the caller's included
     */
    double callNanos(CtcBatch batch, CtcOptions options, int threads);

    /**
     * The same for scores and gradient {@linkplain CtcBackend#isInLentMemory in memory that the backend has lent}.
     *
     * @param threads of this JVM that may compute, the caller's included
     */
    default double lentCallNanos(CtcBatch batch, CtcOptions options, int threads) {
        return callNanos(batch, options, threads);
    }
}
