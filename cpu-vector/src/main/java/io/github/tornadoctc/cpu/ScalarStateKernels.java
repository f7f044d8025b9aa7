package io.github.tornadoctc.cpu;

import java.util.Arrays;

/**
 * The recursions, one pair at a time. With the emission e of frame t, α of pair i is
 *
 * <pre>
 *   blank′[i] = e(blank)   · (blank[i] + f[i] · label[i−1])
 *   label′[i] = e(label i) · (label[i] + blank[i] + g[i] · label[i−1])
 * </pre>
 *
 * where f carries the neighbour's exponent over to pair i, and g is f, or 0 between equal labels; equation 6 of Graves
 * et al. 2006 for even and odd states. β is kept with the emission of its own frame in it, and one step back is
 *
 * <pre>
 *   out(blank i) = blank[i] + label[i]                              blank′[i] = e(blank)   · out(blank i)
 *   out(label i) = label[i] + f[i] · blank[i+1] + g[i] · label[i+1] label′[i] = e(label i) · out(label i)
 * </pre>
 *
 * and the posterior of a state is α · out / Z: out is what completes the target after frame t.
 */
final class ScalarStateKernels implements StateKernels {
    private static final int PAD = Target.PAD;

    private final double[] blankSums = new double[Target.ALIGNMENT];
    private final double[] labelSums = new double[Target.ALIGNMENT];

    @Override
    public void forward(Lattice lattice, Target target, Frames frames, int from, int to, int row) {
        LatticeState alpha = lattice.alpha;
        for (int t = from; t < to; t++) {
            int emissionRow = t * target.slots;
            double blankEmission = frames.emission[emissionRow + target.blankSlot];
            int last = target.lastPair(t);
            int tableRow = row < 0 ? -1 : (row + t - from) * target.lanes;
            // in place, so from the far end: pair i reads pair i − 1 of the frame before
            for (int i = last; i >= target.firstPair(t, frames.count); i--) {
                int p = PAD + i;
                double before = alpha.label[p - 1];
                double emission = frames.emission[emissionRow + target.labelSlot[p]];
                double blank = blankEmission * Math.fma(alpha.inflow[p], before, alpha.blank[p]);
                double label = emission * Math.fma(alpha.skipInflow[p], before, alpha.label[p] + alpha.blank[p]);
                alpha.blank[p] = blank;
                alpha.label[p] = label;
                if (tableRow >= 0) {
                    lattice.tableBlank[tableRow + i] = blank;
                    lattice.tableLabel[tableRow + i] = label;
                }
            }
        }
    }

    @Override
    public void backward(Lattice lattice, Target target, Frames frames, int from, int to) {
        LatticeState beta = lattice.beta;
        for (int t = to - 1; t >= from; t--) {
            int emissionRow = t * target.slots;
            double blankEmission = frames.emission[emissionRow + target.blankSlot];
            int last = target.lastPair(t);
            for (int i = target.firstPair(t, frames.count); i <= last; i++) {
                int p = PAD + i;
                double emission = frames.emission[emissionRow + target.labelSlot[p]];
                double fromLabel = leavingLabel(beta, p);
                beta.blank[p] = blankEmission * (beta.blank[p] + beta.label[p]);
                beta.label[p] = emission * fromLabel;
            }
        }
    }

    @Override
    public boolean backwardWithGradient(Lattice lattice, Utterance u, RowKernels rows, int from, int to, int row) {
        Target target = u.target;
        Frames frames = u.frames;
        LatticeState beta = lattice.beta;
        boolean byState = lattice.posteriors.byState;
        boolean whole = true;
        for (int t = to - 1; t >= from; t--) {
            double blankEmission = frames.emission[t * target.slots + target.blankSlot];
            int emissionRow = t * target.slots;
            int tableRow = (row + t - from) * target.lanes;
            int out = lattice.posteriors.row();
            int first = target.firstPair(t, frames.count);
            int last = target.lastPair(t);
            Arrays.fill(blankSums, 0);
            Arrays.fill(labelSums, 0);
            for (int i = first; i <= last; i++) {
                int p = PAD + i;
                double fromBlank = beta.blank[p] + beta.label[p];
                double fromLabel = leavingLabel(beta, p);
                double weight = lattice.pairWeight[p];
                double label = lattice.tableLabel[tableRow + i] * weight * fromLabel;
                int lane = i & (Lanes.DOUBLES - 1);
                double blank = lattice.tableBlank[tableRow + i] * weight * fromBlank;
                blankSums[lane] += blank;
                labelSums[lane] += label;
                lattice.posteriors.label[out + i] = label;
                if (byState) {
                    lattice.posteriors.blank[out + i] = blank;
                }
                beta.blank[p] = blankEmission * fromBlank;
                beta.label[p] = frames.emission[emissionRow + target.labelSlot[p]] * fromLabel;
            }
            double blankSum = Lanes.sum(blankSums);
            double sum = blankSum + Lanes.sum(labelSums);
            whole &= Tolerance.isLikelihood(sum, u.z);
            lattice.posteriors.add(u, rows, t, first, last, blankSum, sum);
        }
        lattice.posteriors.flush(u, rows);
        return whole;
    }

    private static double leavingLabel(LatticeState beta, int p) {
        return Math.fma(
                beta.inflow[p], beta.blank[p + 1], Math.fma(beta.skipInflow[p], beta.label[p + 1], beta.label[p]));
    }

    @Override
    public boolean rescale(LatticeState state, double[] skip, int first, int last, int step) {
        return Rescaling.rescale(state, skip, first, last, step);
    }
}
