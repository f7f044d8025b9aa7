package io.github.tornadoctc.cpu;

import java.util.Arrays;

/**
 * The recursions in extended floats, one pair at a time. What a frame adds to α is, before the emissions,
 *
 * <pre>
 *   blank′[i] = blank[i] + label[i−1]
 *   label′[i] = label[i] + blank′[i], or label[i] + blank[i] after an equal label
 * </pre>
 *
 * equation 6 of Graves et al. 2006 for even and odd states. β is kept with the emission of its own frame in it, as in
 * {@link ScalarStateKernels}.
 */
final class ScalarExtendedKernels implements ExtendedKernels {
    /** Added to an integer, it leaves that and the bias of an exponent in the low bits. */
    static final double EXPONENT_ROUND = 0x1.8p52 + 1023;

    private static final int PAD = Target.PAD;

    private final double[] blankSums = new double[Target.ALIGNMENT];
    private final double[] labelSums = new double[Target.ALIGNMENT];

    @Override
    public void emissions(ExtendedRow row, int slots) {
        for (int slot = 0; slot < slots; slot++) {
            double score = row.mantissa[slot];
            double x = score - row.reference;
            double y = x * ExtendedRow.STEPS_PER_NAT;
            // below −2^52 every double is an integer
            boolean coarse = y < ExtendedRow.ROUND;
            double n = (coarse ? y : y + ExtendedRow.ROUND - ExtendedRow.ROUND) * ExtendedRow.STEP;
            n = Math.max(n, ExtendedState.NOTHING);
            double r = Math.fma(n, -ExtendedRow.LN2_LOW, Math.fma(n, -ExtendedRow.LN2_HIGH, x));
            // what x has lost of the reference, beside a large score (TwoSum)
            double ofReference = x - score;
            double lost = (score - (x - ofReference)) - (row.reference + ofReference);
            r = coarse ? r : r + lost;
            // where y has no bits left for a fraction, n may be a step beside the nearest
            r = Math.max(Math.min(r, ExtendedRow.MOST_REST), -ExtendedRow.MOST_REST);
            double k = (r * ExtendedRow.STEPS_PER_NAT + ExtendedRow.ROUND_SMALL - ExtendedRow.ROUND_SMALL)
                    * ExtendedRow.STEP;
            row.exponent[slot] = n + k;
            row.mantissa[slot] = Exp.exp(Math.fma(k, -ExtendedRow.LN2_HIGH, r));
        }
    }

    @Override
    public void forward(ExtendedLattice lattice, Target target, int first, int last) {
        forward(lattice, target, first, last, -1);
    }

    @Override
    public void forwardKept(ExtendedLattice lattice, Target target, int first, int last, int frame) {
        forward(lattice, target, first, last, frame * target.lanes);
    }

    private static void forward(ExtendedLattice lattice, Target target, int first, int last, int table) {
        ExtendedState alpha = lattice.alpha;
        double[] mantissa = lattice.row.mantissa;
        double[] exponent = lattice.row.exponent;
        double blankEmission = mantissa[target.blankSlot];
        double blankEmissionExponent = exponent[target.blankSlot];
        // in place, so from the far end: pair i reads pair i − 1 of the frame before
        for (int i = last; i >= first; i--) {
            int p = PAD + i;
            double blank = alpha.blank[p];
            double blankExponent = alpha.blankExponent[p];
            double before = alpha.label[p - 1];
            double beforeExponent = alpha.labelExponent[p - 1];
            double sumExponent = Math.max(blankExponent, beforeExponent);
            double sum = Math.fma(
                    before, powerOfTwo(beforeExponent - sumExponent), blank * powerOfTwo(blankExponent - sumExponent));
            boolean skips = target.skipIn[p] != 0;
            double entering = skips ? sum : blank;
            double enteringExponent = skips ? sumExponent : blankExponent;
            double label = alpha.label[p];
            double labelExponent = Math.max(alpha.labelExponent[p], enteringExponent);
            label = Math.fma(
                    entering,
                    powerOfTwo(enteringExponent - labelExponent),
                    label * powerOfTwo(alpha.labelExponent[p] - labelExponent));
            int slot = target.labelSlot[p];
            alpha.blank[p] = sum * blankEmission;
            alpha.blankExponent[p] = sumExponent + blankEmissionExponent;
            alpha.label[p] = label * mantissa[slot];
            alpha.labelExponent[p] = labelExponent + exponent[slot];
            if (table >= 0) {
                keep(lattice, p, table + i);
            }
        }
    }

    private static void keep(ExtendedLattice lattice, int p, int cell) {
        lattice.tableBlank[cell] = lattice.alpha.blank[p];
        lattice.tableBlankExponent[cell] = lattice.alpha.blankExponent[p];
        lattice.tableLabel[cell] = lattice.alpha.label[p];
        lattice.tableLabelExponent[cell] = lattice.alpha.labelExponent[p];
    }

    @Override
    public void backward(ExtendedLattice lattice, Target target, int first, int last) {
        ExtendedState beta = lattice.beta;
        double[] mantissa = lattice.row.mantissa;
        double[] exponent = lattice.row.exponent;
        for (int i = first; i <= last; i++) {
            int p = PAD + i;
            int slot = target.labelSlot[p];
            leaveLabel(beta, target, p);
            beta.blank[p] *= mantissa[target.blankSlot];
            beta.blankExponent[p] += exponent[target.blankSlot];
            beta.label[p] *= mantissa[slot];
            beta.labelExponent[p] += exponent[slot];
        }
    }

    @Override
    public double backwardWithPosteriors(
            ExtendedLattice lattice, Target target, int first, int last, int frame, double exponent) {
        ExtendedState beta = lattice.beta;
        int table = frame * target.lanes;
        boolean byState = lattice.posteriors.byState;
        int out = lattice.posteriors.row();
        Arrays.fill(blankSums, 0);
        Arrays.fill(labelSums, 0);
        for (int i = first; i <= last; i++) {
            int p = PAD + i;
            int cell = table + i;
            int lane = i & (Lanes.DOUBLES - 1);
            leaveLabel(beta, target, p);
            double blankExponent = lattice.tableBlankExponent[cell] + beta.blankExponent[p] - exponent;
            double labelExponent = lattice.tableLabelExponent[cell] + beta.labelExponent[p] - exponent;
            double label = lattice.tableLabel[cell] * powerOfTwo(labelExponent) * beta.label[p];
            lattice.posteriors.label[out + i] = label;
            labelSums[lane] += label;
            double blank = lattice.tableBlank[cell] * powerOfTwo(blankExponent) * beta.blank[p];
            if (byState) {
                lattice.posteriors.blank[out + i] = blank;
            }
            blankSums[lane] += blank;
            beta.blank[p] *= lattice.tableBlankEmission[frame];
            beta.blankExponent[p] += lattice.tableBlankEmissionExponent[frame];
            beta.label[p] *= lattice.tableEmission[cell];
            beta.labelExponent[p] += lattice.tableEmissionExponent[cell];
        }
        lattice.blankPosterior = Lanes.sum(blankSums);
        return lattice.blankPosterior + Lanes.sum(labelSums);
    }

    /** Replaces a pair of β by what completes the target after the frame: its own two states, and those of the next. */
    private static void leaveLabel(ExtendedState beta, Target target, int p) {
        double blank = beta.blank[p];
        double blankExponent = beta.blankExponent[p];
        double label = beta.label[p];
        double labelExponent = beta.labelExponent[p];
        beta.blankExponent[p] = Math.max(blankExponent, labelExponent);
        beta.blank[p] = Math.fma(
                label,
                powerOfTwo(labelExponent - beta.blankExponent[p]),
                blank * powerOfTwo(blankExponent - beta.blankExponent[p]));
        double skipExponent = target.skipOut[p] != 0 ? beta.labelExponent[p + 1] : ExtendedState.NOTHING;
        double nextExponent = Math.max(beta.blankExponent[p + 1], skipExponent);
        double next = Math.fma(
                beta.label[p + 1],
                powerOfTwo(skipExponent - nextExponent),
                beta.blank[p + 1] * powerOfTwo(beta.blankExponent[p + 1] - nextExponent));
        beta.labelExponent[p] = Math.max(labelExponent, nextExponent);
        beta.label[p] = Math.fma(
                next,
                powerOfTwo(nextExponent - beta.labelExponent[p]),
                label * powerOfTwo(labelExponent - beta.labelExponent[p]));
    }

    @Override
    public void normalise(ExtendedState state, int first, int last) {
        for (int p = PAD + first; p <= PAD + last; p++) {
            int ofBlank = steps(state.blank[p]);
            int ofLabel = steps(state.label[p]);
            state.blank[p] *= Rescaling.powerOfTwo(-ofBlank);
            state.label[p] *= Rescaling.powerOfTwo(-ofLabel);
            state.blankExponent[p] += ofBlank;
            state.labelExponent[p] += ofLabel;
        }
    }

    /** The multiple of a step nearest to the exponent of a mantissa. */
    private static int steps(double mantissa) {
        return (Math.getExponent(mantissa) + ExtendedRow.STEP / 2) & -ExtendedRow.STEP;
    }

    /** 2^n for n ≤ 1023, an integer; 0 below the normal range. */
    private static double powerOfTwo(double n) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(Math.max(n, -1023) + EXPONENT_ROUND) << 52);
    }
}
