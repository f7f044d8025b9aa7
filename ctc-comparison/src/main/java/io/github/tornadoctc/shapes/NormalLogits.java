package io.github.tornadoctc.shapes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * The numbers of {@link Random#nextGaussian}, to the bit, for large batches: one after the other a hundred million of them
 * take several seconds. Only the pairs of the polar method are drawn one after the other; their logarithms and roots, which
 * take most of the time, are computed by all processors.
 */
final class NormalLogits {
    /** The linear congruential generator that {@link Random} specifies (Knuth, volume 2, section 3.2.1). */
    private static final long MULTIPLIER = 0x5DEECE66DL;

    private static final long ADDEND = 0xBL;
    private static final int STATE_BITS = 48;
    private static final long MASK = (1L << STATE_BITS) - 1;

    /** Pairs that are drawn before they are computed. */
    private static final int PAIRS = 1 << 18;

    private static final int PAIRS_OF_A_TASK = 1 << 12;

    private final double[] first = new double[PAIRS];
    private final double[] second = new double[PAIRS];
    private final double[] squares = new double[PAIRS];
    private long state;

    private NormalLogits(long seed) {
        this.state = (seed ^ MULTIPLIER) & MASK;
    }

    /**
     * Writes as many as {@code new Random(seed)} gives.
     *
     * @param place where the number of that index goes
     * @return a generator that goes on where that one would be then
     */
    static Random write(MemorySegment logits, long count, long seed, float factor, LongUnaryOperator place) {
        NormalLogits numbers = new NormalLogits(seed);
        for (long begin = 0; begin < count; begin += 2L * PAIRS) {
            long from = begin;
            long end = Math.min(count, begin + 2L * PAIRS);
            int pairs = (int) Math.ceilDiv(end - begin, 2L);
            numbers.draw(pairs);
            IntStream.range(0, Math.ceilDiv(pairs, PAIRS_OF_A_TASK)).parallel().forEach(task -> {
                int last = Math.min(pairs, (task + 1) * PAIRS_OF_A_TASK);
                for (int pair = task * PAIRS_OF_A_TASK; pair < last; pair++) {
                    long at = from + 2L * pair;
                    double multiplier = numbers.multiplier(pair);
                    set(logits, place.applyAsLong(at), factor, numbers.first[pair] * multiplier);
                    if (at + 1 < end) {
                        set(logits, place.applyAsLong(at + 1), factor, numbers.second[pair] * multiplier);
                    }
                }
            });
        }
        return new Random(numbers.state ^ MULTIPLIER);
    }

    private static void set(MemorySegment logits, long at, float factor, double number) {
        logits.setAtIndex(ValueLayout.JAVA_FLOAT, at, factor * (float) number);
    }

    /** Points in the unit circle, as {@link Random#nextGaussian} draws them. */
    private void draw(int pairs) {
        for (int pair = 0; pair < pairs; pair++) {
            double x;
            double y;
            double square;
            do {
                x = 2 * nextDouble() - 1;
                y = 2 * nextDouble() - 1;
                square = x * x + y * y;
            } while (square >= 1 || square == 0);
            first[pair] = x;
            second[pair] = y;
            squares[pair] = square;
        }
    }

    private double multiplier(int pair) {
        double square = squares[pair];
        return StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    }

    private double nextDouble() {
        return (((long) next(26) << 27) + next(27)) * 0x1.0p-53;
    }

    private int next(int bits) {
        state = (state * MULTIPLIER + ADDEND) & MASK;
        return (int) (state >>> (STATE_BITS - bits));
    }
}
