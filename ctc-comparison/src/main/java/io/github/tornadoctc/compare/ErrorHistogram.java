package io.github.tornadoctc.compare;

import java.util.stream.LongStream;

/**
 * Counts errors by size, in memory that does not depend on how many there are.
 *
 * <p>An octave is divided into 64 bins of equal width, so that a percentile read off the bins is at most 1/64 (1.6 %)
 * above the true one and never below it. Commons Math's Percentile would have to hold every element of the gradient
 * (20 million of benchmark shape D), and its PSquarePercentile neither bounds its error nor can be merged over the
 * utterances that are compared side by side.
 */
public final class ErrorHistogram {
    private static final int BINS_PER_OCTAVE = 64;
    /** Smaller errors count as this one: 2⁻⁶⁴, far below a double's rounding of a gradient. */
    private static final int MIN_EXPONENT = -64;
    /** Larger errors, and infinite ones, count as the largest bin: gradients lie in [−1, 1]. */
    private static final int MAX_EXPONENT = 2;
    /** A double's top bits are sign, exponent, and then the six that number the bin of the octave. */
    private static final int SHIFT = 52 - 6;

    private static final long FIRST = Double.doubleToRawLongBits(Math.scalb(1.0, MIN_EXPONENT)) >>> SHIFT;

    private final long[] counts = new long[(MAX_EXPONENT - MIN_EXPONENT) * BINS_PER_OCTAVE];
    private long zeros;
    private double largest;

    void add(double error) {
        if (error == 0) {
            zeros++;
            return;
        }
        largest = Math.max(largest, error);
        long bin = (Double.doubleToRawLongBits(error) >>> SHIFT) - FIRST;
        counts[Math.clamp(bin, 0, counts.length - 1)]++;
    }

    void add(ErrorHistogram other) {
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] += other.counts[bin];
        }
        zeros += other.zeros;
        largest = Math.max(largest, other.largest);
    }

    /** How many errors there are. */
    public long count() {
        return zeros + LongStream.of(counts).sum();
    }

    /** How many of them are exactly 0. */
    public long zeros() {
        return zeros;
    }

    /** The error that this share of all errors does not exceed; 0 if there are none. */
    public double percentile(double percent) {
        long rank = (long) Math.ceil(percent * count() / 100);
        long below = zeros;
        if (below >= rank) {
            return 0;
        }
        for (int bin = 0; bin < counts.length - 1; bin++) {
            below += counts[bin];
            if (below >= rank) {
                return Math.min(edge(bin + 1), largest);
            }
        }
        return largest;
    }

    /** How many errors are in [from, to), as far as whole bins can tell; infinite ones are in the last there is. */
    public long between(double from, double to) {
        long count = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            double edge = edge(bin);
            if (edge >= from && edge < to) {
                count += counts[bin];
            }
        }
        return count;
    }

    private static double edge(int bin) {
        return Double.longBitsToDouble((FIRST + bin) << SHIFT);
    }
}
