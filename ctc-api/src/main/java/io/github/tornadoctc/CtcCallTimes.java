package io.github.tornadoctc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** For cost models: what calls to a backend take, on batches that are made for it. */
public final class CtcCallTimes {
    /** Calls in a row without a faster one, after which there will be none. */
    private static final int QUIET_CALLS = 10;

    /** So long at least: by then the JVM has compiled what short calls run. */
    private static final long LEAST_NANOS = 100_000_000;

    /** A call that is not faster by this much is no news. */
    private static final double FASTER = 0.98;

    private static final long MOST_NANOS = 1_500_000_000;
    private static final long SEED = 1;

    /** Random numbers in the scores, repeated from there on: making millions would take longer than computing them. */
    private static final long DISTINCT = 1 << 16;

    private final CtcBackend backend;
    private final LongSupplier clock;

    /** Times a backend, which stays open. */
    public CtcCallTimes(CtcBackend backend) {
        this(backend, System::nanoTime);
    }

    CtcCallTimes(CtcBackend backend, LongSupplier clock) {
        this.backend = backend;
        this.clock = clock;
    }

    /**
     * Nanoseconds of the fastest of some calls, since whatever else the machine did can only have slowed the others. They
     * end when there has been none faster for a while, or after a second and a half.
     *
     * @param timeSteps T, of every utterance
     * @param batchSize B
     * @param symbols V
     * @param targetLength U, of every utterance
     * @param gradient whether the gradient is computed, too
     */
    public double nanos(int timeSteps, int batchSize, int symbols, int targetLength, boolean gradient) {
        CtcBatch batch = batch(timeSteps, batchSize, symbols, targetLength);
        CtcOptions options = CtcOptions.defaults().withGradient(gradient);
        CtcResult result = CtcResult.allocate(batch, options);
        return fastest(() -> backend.compute(batch, options, result));
    }

    double fastest(Runnable call) {
        long begin = clock.getAsLong();
        long now = begin;
        double fastest = Double.POSITIVE_INFINITY;
        int quiet = 0;
        while (now - begin < MOST_NANOS && (quiet < QUIET_CALLS || now - begin < LEAST_NANOS)) {
            long before = now;
            call.run();
            now = clock.getAsLong();
            double nanos = now - before;
            quiet = nanos < FASTER * fastest ? 0 : quiet + 1;
            fastest = Math.min(fastest, nanos);
        }
        return fastest;
    }

    /** Every utterance of full length, scores like those of a network at the beginning of its training. */
    private static CtcBatch batch(int timeSteps, int batchSize, int symbols, int targetLength) {
        SplittableRandom random = new SplittableRandom(SEED);
        long scores = (long) timeSteps * batchSize * symbols;
        MemorySegment logits = Arena.ofAuto().allocate(scores * Float.BYTES, Float.BYTES);
        long distinct = Math.min(scores, DISTINCT);
        for (long i = 0; i < distinct; i++) {
            logits.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        for (long at = distinct; at < scores; at += distinct) {
            long bytes = Float.BYTES * Math.min(distinct, scores - at);
            MemorySegment.copy(logits, 0, logits, Float.BYTES * at, bytes);
        }
        int[][] targets = new int[batchSize][];
        for (int b = 0; b < batchSize; b++) {
            targets[b] = random.ints(targetLength, 1, symbols).toArray();
        }
        return CtcBatch.builder(timeSteps, batchSize, symbols)
                .scores(logits)
                .targets(targets)
                .build();
    }
}
