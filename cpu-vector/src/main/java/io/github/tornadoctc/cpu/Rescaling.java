package io.github.tornadoctc.cpu;

/**
 * Keeps the values of a {@link LatticeState} within the range of a double. A double spans 2^±1022; the budgets below
 * share that out so that nothing that matters can over- or underflow between two rescalings.
 *
 * <ul>
 *   <li>After rescaling, every value that is not 0 is in [2^−700, 2).
 *   <li>In the period that follows, emissions multiply to no less than 2^−{@value #DEPTH}: values stay ≥ 2^−956, and
 *       that is normal.
 *   <li>A neighbour's value is multiplied by at most 2^STEEPEST. Over the n frames of a period a value can so rise by
 *       (3 · 2^STEEPEST)ⁿ, since a state has three predecessors and emissions are at most 1; {@link #STEEPEST} holds
 *       that below 2^{@value #MOST_RISE}.
 *   <li>Next to a pair that is much higher, a pair's exponent is raised to be within STEEPEST of it, and its values
 *       sink. A value that sinks below 2^−700 is trouble.
 * </ul>
 *
 * <p>What flows in from a pair that is much lower may underflow. That loses nothing: it is added to a state that has
 * 2^−956 or more of its own. A state that has nothing, not being reached yet, shares the exponent of the pair it is
 * reached from.
 *
 * <p>Trouble comes from the rim of what can be reached: paths there have no choice, so that neighbours do not mix, and
 * their ratio is a product of independent factors, one for each frame. Normal logits come to that from some thousand
 * labels on, logits of peaked networks earlier. The utterance then goes to {@link ExtendedRecursion}.
 */
final class Rescaling {
    /** Binary orders of magnitude that emissions may lose in a period. */
    static final int DEPTH = 256;
    /** Binary orders of magnitude that a value may rise in a period. */
    static final int MOST_RISE = 474;
    /** The most frames between two rescalings. */
    static final int PERIOD = 16;

    /** The most by which a neighbour's exponent may exceed a pair's; beyond it the pair's is raised. */
    static final int STEEPEST = MOST_RISE / PERIOD - 2; // 2 for the three predecessors

    /** The least value after rescaling that is not 0. */
    static final double LEAST = 0x1p-700;

    /** No pair with probability has been met yet. */
    static final int UNSEEN = 0;
    /** One has been met. */
    static final int SEEN = 1;
    /** The budgets do not suffice. */
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
                    wanted = Math.max(wanted, previous - STEEPEST);
                }
                possible &= shift(state, i, wanted);
            } else {
                exponent[i] = previous;
            }
            previous = exponent[i];
        }
        return possible ? known : IMPOSSIBLE;
    }

    /** Gives every pair before pair i its exponent. */
    static void fillBack(long[] exponent, int i, int step, long value) {
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
        // a NaN is neither, and an infinity has become one
        return value == 0 || value >= LEAST;
    }

    /** 2^n; 0 below the normal range, and the largest power above it. */
    static double powerOfTwo(long n) {
        if (n < Double.MIN_EXPONENT) {
            return 0;
        }
        return Double.longBitsToDouble((Math.min(n, Double.MAX_EXPONENT) + 1023) << 52);
    }
}
