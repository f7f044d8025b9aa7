package io.github.tornadoctc.cpu;

/**
 * Keeps the values of a {@link LatticeState} within the range of a double. A double spans 2^±1022; the budgets below
 * share that out so that nothing that matters can over- or underflow between two rescalings.
 *
 * <ul>
 *   <li>After rescaling, every value that is not 0 is in [2^−{@value #DEPTH}, 2).
 *   <li>In the period that follows, emissions multiply to no less than 2^−{@value #DEPTH}: values stay ≥ 2^−512.
 *   <li>A neighbour's value is multiplied by at most 2^{@value #STEEPEST}. Over the at most {@value #PERIOD} frames
 *       of a period a value can so rise by (3 · 2^{@value #STEEPEST})^{@value #PERIOD} &lt; 2^474, since a state has
 *       three predecessors and emissions are at most 1.
 *   <li>A neighbour's value that is multiplied by less than 2^−{@value #DEPTH}, or a value below that, is trouble: the
 *       utterance then goes to {@link LogRecursion}. Normal logits stay far from it; logits scaled by 50 do not.
 * </ul>
 *
 * <p>What underflows all the same was added to a state that has at least 2^−512 of its own: it is below the last bit.
 * A state that has nothing of its own, not yet reached, shares the exponent of the pair it is reached from.
 */
final class Rescaling {
    /** Binary orders of magnitude that may lie between states of a pair, or be lost in a period. */
    static final int DEPTH = 256;
    /** The most by which a neighbour's exponent may exceed a pair's; beyond it the pair's is raised. */
    static final int STEEPEST = 28;
    /** The most frames between two rescalings. */
    static final int PERIOD = 16;

    /** 2^−DEPTH. */
    static final double LEAST = 0x1p-256;

    /** That no pair with probability has been met yet. */
    static final int UNSEEN = 0;
    /** That one has. */
    static final int SEEN = 1;
    /** That the budgets do not suffice. */
    static final int IMPOSSIBLE = 2;

    private Rescaling() {}

    /**
     * Rescales pairs first to last (indices with the pad added) and derives the inflows for the next period.
     *
     * @param skip {@link Target#skipIn} for α, {@link Target#skipOut} for β
     * @param step 1 if probability flows from pair i − 1 to i (α), −1 if from i + 1 to i (β)
     * @return false if that is not possible within the budgets
     */
    static boolean rescale(LatticeState state, double[] skip, int first, int last, int step) {
        int start = step > 0 ? first : last;
        int end = (step > 0 ? last : first) + step;
        retire(state, start - step);
        if (rescaleValues(state, start, end, step, UNSEEN) != SEEN) {
            return false;
        }
        for (int i = start; i != end; i += step) {
            state.inflow[i] = powerOfTwo(state.exponent[i - step] - state.exponent[i]);
            state.skipInflow[i] = state.inflow[i] * skip[i];
        }
        return true;
    }

    /**
     * Rescales the values of pairs start to end, end excluded, in the direction of {@code step}.
     *
     * @param seen {@link #SEEN} if a pair before start has probability, whose exponents then are final;
     *     {@link #UNSEEN} if start is the very first
     * @return {@link #SEEN}, {@link #UNSEEN} or {@link #IMPOSSIBLE}
     */
    static int rescaleValues(LatticeState state, int start, int end, int step, int seen) {
        long[] exponent = state.exponent;
        int known = seen;
        boolean possible = true;
        long previous = exponent[start - step];
        for (int i = start; i != end; i += step) {
            double larger = Math.max(state.blank[i], state.label[i]);
            if (larger > 0) {
                long wanted = exponent[i] + Math.getExponent(larger);
                if (known == UNSEEN) {
                    // whatever lies before has no probability, and so no exponent of its own
                    fillBack(exponent, i, step, wanted);
                    known = SEEN;
                } else {
                    possible &= wanted - previous <= DEPTH;
                    wanted = Math.max(wanted, previous - STEEPEST);
                }
                possible &= shift(state, i, wanted);
            } else if (known == SEEN) {
                exponent[i] = previous;
            }
            previous = exponent[i];
        }
        return possible ? known : IMPOSSIBLE;
    }

    /** Gives every pair before pair i its exponent. */
    private static void fillBack(long[] exponent, int i, int step, long value) {
        int end = step > 0 ? -1 : exponent.length;
        for (int j = i - step; j != end; j -= step) {
            exponent[j] = value;
        }
    }

    /** Takes a pair out of use: it is never needed again, and must not disturb its neighbour. */
    static void retire(LatticeState state, int i) {
        state.blank[i] = 0;
        state.label[i] = 0;
    }

    private static boolean shift(LatticeState state, int i, long wanted) {
        double factor = powerOfTwo(state.exponent[i] - wanted);
        state.blank[i] *= factor;
        state.label[i] *= factor;
        state.exponent[i] = wanted;
        return isZeroOrEnough(state.blank[i]) && isZeroOrEnough(state.label[i]) && factor > 0;
    }

    private static boolean isZeroOrEnough(double value) {
        // not a NaN or an infinity either
        return value == 0 || (value >= LEAST && value <= Double.MAX_VALUE);
    }

    /** 2^n; 0 below the normal range, and the largest power above it. */
    static double powerOfTwo(long n) {
        if (n < Double.MIN_EXPONENT) {
            return 0;
        }
        return Double.longBitsToDouble((Math.min(n, Double.MAX_EXPONENT) + 1023) << 52);
    }
}
