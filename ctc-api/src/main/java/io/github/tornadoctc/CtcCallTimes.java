package io.github.tornadoctc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
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

    private static final long SETTLED_NANOS = 2_000_000_000;
    private static final long MOST_WARM_UP_NANOS = 15_000_000_000L;
    private static final double MUCH_FASTER = 0.9;

    private static final long SEED = 1;

    /** As that of what a backend lends. */
    private static final long ALIGNMENT = 64;

    /** Random numbers in the scores, repeated from there on: making millions would take longer than computing them. */
    private static final long DISTINCT = 1 << 16;

    private final CtcBackend backend;
    private final LongSupplier clock;
    private final boolean lent;

    /** Times a backend, which stays open. */
    public CtcCallTimes(CtcBackend backend) {
        this(backend, System::nanoTime);
    }

    CtcCallTimes(CtcBackend backend, LongSupplier clock) {
        this(backend, clock, false);
    }

    private CtcCallTimes(CtcBackend backend, LongSupplier clock, boolean lent) {
        this.backend = backend;
        this.clock = clock;
        this.lent = lent;
    }

    /** The same with scores and gradients in {@linkplain CtcBackend#allocate memory that the backend lends}. */
    public CtcCallTimes inLentMemory() {
        return new CtcCallTimes(backend, clock, true);
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
        if (lent) {
            // a device may know it for longer than this takes
            return nanos(call(timeSteps, batchSize, symbols, targetLength, gradient));
        }
        try (Arena arena = Arena.ofShared()) {
            return nanos(call(arena, timeSteps, batchSize, symbols, targetLength, gradient));
        }
    }

    /** A call with a batch of these sizes, for {@link #warmUp} and {@link #nanos(Runnable)}. */
    public Runnable call(int timeSteps, int batchSize, int symbols, int targetLength, boolean gradient) {
        return call(Arena.ofAuto(), timeSteps, batchSize, symbols, targetLength, gradient);
    }

    private Runnable call(Arena arena, int timeSteps, int batchSize, int symbols, int targetLength, boolean gradient) {
        CtcBatch batch = batch(arena, timeSteps, batchSize, symbols, targetLength);
        CtcOptions options = CtcOptions.defaults().withGradient(gradient);
        CtcResult result = gradient
                ? CtcResult.withGradientIn(memory(batch.scores().byteSize() / Float.BYTES, arena), batch)
                : CtcResult.allocate(batch, options);
        return () -> backend.compute(batch, options, result);
    }

    private MemorySegment memory(long floats, Arena arena) {
        return lent ? backend.allocate(floats, arena) : arena.allocate(floats * Float.BYTES, ALIGNMENT);
    }

    /** Nanoseconds of a single call, whatever has to be made ready for it. */
    public double firstNanos(int timeSteps, int batchSize, int symbols, int targetLength, boolean gradient) {
        Runnable call = call(timeSteps, batchSize, symbols, targetLength, gradient);
        long begin = clock.getAsLong();
        call.run();
        return clock.getAsLong() - begin;
    }

    /**
     * {@linkplain CtcWarmUp Warms the backend up}, which would go over to faster code only in the midst of the measurements
     * or after them, then runs calls in turns until a turn has not been much faster for two seconds: by then the JVM has
     * compiled what they run, which it interprets at first, code of the Vector API hundreds of times as slowly.
     */
    public void warmUp(List<Runnable> calls) {
        CtcWarmUp.of(backend);
        settle(() -> calls.forEach(Runnable::run));
    }

    void settle(Runnable call) {
        long begin = clock.getAsLong();
        long now = begin;
        long since = begin;
        double fastest = Double.POSITIVE_INFINITY;
        while (now - since < SETTLED_NANOS && now - begin < MOST_WARM_UP_NANOS) {
            long before = now;
            call.run();
            now = clock.getAsLong();
            if (now - before < MUCH_FASTER * fastest) {
                fastest = now - before;
                since = now;
            }
        }
    }

    /** Nanoseconds of the fastest of some runs of a call, as {@link #nanos(int, int, int, int, boolean)} has them. */
    public double nanos(Runnable call) {
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
    private CtcBatch batch(Arena arena, int timeSteps, int batchSize, int symbols, int targetLength) {
        SplittableRandom random = new SplittableRandom(SEED);
        long scores = (long) timeSteps * batchSize * symbols;
        MemorySegment logits = memory(scores, arena);
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
