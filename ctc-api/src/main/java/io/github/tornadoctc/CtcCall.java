package io.github.tornadoctc;

import java.util.Objects;

/**
 * A call to a backend, as far as the time it takes depends on it.
 *
 * @param batch of which only the sizes and the type count, so the scores need not be there
 * @param options what is computed
 * @param gradientType elements of the gradient; of no account if there is none
 * @param lent whether scores and gradient are {@linkplain CtcBackend#isInLentMemory in memory that the backend has lent}
 * @param threads of this JVM that may compute, the caller's included
 */
public record CtcCall(CtcBatch batch, CtcOptions options, ScoreType gradientType, boolean lent, int threads) {
    /**
     * All of it at once.
     *
     * @throws NullPointerException if {@code batch}, {@code options} or {@code gradientType} is null
     * @throws IllegalArgumentException if {@code threads} is less than 1
     */
    public CtcCall {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(gradientType, "gradientType");
        if (threads < 1) {
            throw new IllegalArgumentException("threads = %d is less than 1".formatted(threads));
        }
    }

    /** A call in the caller's own memory, with a float32 gradient if there is one. */
    public static CtcCall of(CtcBatch batch, CtcOptions options, int threads) {
        return new CtcCall(batch, options, ScoreType.FLOAT32, false, threads);
    }

    /** The same in memory that the backend has lent, or not. */
    public CtcCall withLent(boolean newLent) {
        return new CtcCall(batch, options, gradientType, newLent, threads);
    }

    /** Bytes of a score, of those of float32. */
    public double scoreWidth() {
        return width(batch.scoreType());
    }

    /** Bytes of an element of the gradient, of those of float32; 0 if there is no gradient. */
    public double gradientWidth() {
        return options.gradient() ? width(gradientType) : 0;
    }

    private static double width(ScoreType type) {
        return (double) type.bytes() / ScoreType.FLOAT32.bytes();
    }
}
