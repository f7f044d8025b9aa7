package io.github.tornadoctc.cpu;

import java.util.Arrays;

/** α and β of the frames at hand, and α of all frames of one segment. One per thread. */
final class Lattice {
    final LatticeState alpha = new LatticeState();
    final LatticeState beta = new LatticeState();

    /** α and the emission of each label, {@code [frames of a segment][lanes]}. */
    double[] tableBlank = {};

    double[] tableLabel = {};
    double[] tableEmission = {};
    /** Exponents of α, {@code [periods of a segment][lanes]}. */
    long[] tableExponent = {};

    /** At PAD + i: what α(i) · β(i) of the current period is multiplied with to be the posterior times {@link #z}. */
    double[] pairWeight = {};
    /** By pair: the posterior of its label at the current frame, times {@link #z}. */
    double[] labelPosterior = {};
    /** By slot: the posterior of each symbol at the current frame, times {@link #z}. */
    double[] posterior = {};

    /** The mantissa in [1, 2) of the likelihood Z = z · 2^zExponent. */
    double z;

    long zExponent;

    void prepare(Target target, int frames, int periods) {
        long cells = (long) frames * target.lanes;
        tableBlank = Grow.atLeast(tableBlank, cells);
        tableLabel = Grow.atLeast(tableLabel, cells);
        tableEmission = Grow.atLeast(tableEmission, cells);
        tableExponent = Grow.atLeast(tableExponent, (long) periods * target.lanes);
        pairWeight = Grow.atLeast(pairWeight, Target.PAD + target.lanes + Target.PAD);
        labelPosterior = Grow.atLeast(labelPosterior, target.lanes);
        posterior = Grow.atLeast(posterior, target.slots);
    }

    /** Keeps the exponents of α, for the period of a segment. */
    void keepExponents(Target target, int period) {
        System.arraycopy(alpha.exponent, Target.PAD, tableExponent, period * target.lanes, target.lanes);
    }

    /**
     * Weighs the pairs for a period: {@code 2^(exponent of α + exponent of β − zExponent)}. A posterior is at most 1
     * and β at least 2^−512, so α times the weight is no more than 2^512 where it matters; the weight is held below
     * 2^500 for pairs where it does not, so that 0 times it stays 0.
     */
    void weighPairs(Target target, int period) {
        for (int i = 0; i < target.lanes; i++) {
            long exponent = tableExponent[period * target.lanes + i] + beta.exponent[Target.PAD + i] - zExponent;
            pairWeight[Target.PAD + i] = Rescaling.powerOfTwo(Math.min(exponent, 500));
        }
    }

    /** Reads Z off α of the last frame: what has reached the last blank or the last label. */
    boolean readLikelihood(Target target) {
        int last = Target.PAD + target.labels;
        // the exponent of the pair before was not changed since the inflow was derived from it
        double sum = alpha.blank[last] + alpha.inflow[last] * alpha.label[last - 1];
        int exponent = Math.getExponent(sum);
        z = Math.scalb(sum, -exponent);
        zExponent = alpha.exponent[last] + exponent;
        return sum >= Double.MIN_NORMAL && sum <= Double.MAX_VALUE;
    }

    void clearPosterior(Target target) {
        Arrays.fill(posterior, 0, target.slots, 0);
    }

    /** Adds up by symbol what pairs first to last have by label. */
    void gatherPosterior(Target target, int first, int last, double blankPosterior) {
        clearPosterior(target);
        int end = Math.min(last, target.labels - 1);
        for (int i = first; i <= end; i++) {
            posterior[target.labelSlot[Target.PAD + i]] += labelPosterior[i];
        }
        posterior[target.blankSlot] = blankPosterior;
    }
}
