package io.github.tornadoctc.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarStateKernels} with neighbouring pairs in the lanes of a vector; the same equations line by line. */
final class VectorStateKernels implements StateKernels {
    private static final VectorSpecies<Double> SPECIES = Species.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final int PAD = Target.PAD;

    /** Scratch for sums over the lanes of a vector. */
    private final double[] blankLanes = new double[Target.ALIGNMENT];

    private final double[] labelLanes = new double[Target.ALIGNMENT];

    private final LookUpStateKernels lookUp = new LookUpStateKernels();

    @Override
    public void forward(Lattice lattice, Target target, Frames frames, int from, int to, int row) {
        boolean keeps = row >= 0;
        if (target.looksUp && keeps) {
            lookUp.forwardKept(lattice, target, frames, from, to, row);
        } else if (target.looksUp) {
            lookUp.forward(lattice, target, frames, from, to);
        } else if (keeps) {
            forwardKept(lattice, target, frames, from, to, row);
        } else {
            forward(lattice.alpha, target, frames, from, to);
        }
    }

    private static void forward(LatticeState alpha, Target target, Frames frames, int from, int to) {
        double[] blanks = alpha.blank;
        double[] labels = alpha.label;
        double[] inflow = alpha.inflow;
        double[] skipInflow = alpha.skipInflow;
        double[] emissions = frames.emission;
        int[] slots = target.labelSlot;
        for (int t = from; t < to; t++) {
            int emissionRow = t * target.slots;
            DoubleVector blankEmission = DoubleVector.broadcast(SPECIES, emissions[emissionRow + target.blankSlot]);
            int first = PAD + (target.firstPair(t, frames.count) & -LANES);
            for (int p = PAD + (target.lastPair(t) & -LANES); p >= first; p -= LANES) {
                DoubleVector blank = DoubleVector.fromArray(SPECIES, blanks, p);
                DoubleVector label = DoubleVector.fromArray(SPECIES, labels, p);
                DoubleVector before = DoubleVector.fromArray(SPECIES, labels, p - 1);
                DoubleVector emission = DoubleVector.fromArray(SPECIES, emissions, emissionRow, slots, p);
                DoubleVector.fromArray(SPECIES, inflow, p)
                        .fma(before, blank)
                        .mul(blankEmission)
                        .intoArray(blanks, p);
                DoubleVector.fromArray(SPECIES, skipInflow, p)
                        .fma(before, label.add(blank))
                        .mul(emission)
                        .intoArray(labels, p);
            }
        }
    }

    private static void forwardKept(Lattice lattice, Target target, Frames frames, int from, int to, int row) {
        double[] blanks = lattice.alpha.blank;
        double[] labels = lattice.alpha.label;
        double[] inflow = lattice.alpha.inflow;
        double[] skipInflow = lattice.alpha.skipInflow;
        double[] emissions = frames.emission;
        int[] slots = target.labelSlot;
        for (int t = from; t < to; t++) {
            int emissionRow = t * target.slots;
            int table = (row + t - from) * target.lanes - PAD;
            DoubleVector blankEmission = DoubleVector.broadcast(SPECIES, emissions[emissionRow + target.blankSlot]);
            int first = PAD + (target.firstPair(t, frames.count) & -LANES);
            for (int p = PAD + (target.lastPair(t) & -LANES); p >= first; p -= LANES) {
                DoubleVector blank = DoubleVector.fromArray(SPECIES, blanks, p);
                DoubleVector label = DoubleVector.fromArray(SPECIES, labels, p);
                DoubleVector before = DoubleVector.fromArray(SPECIES, labels, p - 1);
                DoubleVector emission = DoubleVector.fromArray(SPECIES, emissions, emissionRow, slots, p);
                DoubleVector newBlank = DoubleVector.fromArray(SPECIES, inflow, p)
                        .fma(before, blank)
                        .mul(blankEmission);
                DoubleVector newLabel = DoubleVector.fromArray(SPECIES, skipInflow, p)
                        .fma(before, label.add(blank))
                        .mul(emission);
                newBlank.intoArray(blanks, p);
                newLabel.intoArray(labels, p);
                newBlank.intoArray(lattice.tableBlank, table + p);
                newLabel.intoArray(lattice.tableLabel, table + p);
                emission.intoArray(lattice.tableEmission, table + p);
            }
        }
    }

    @Override
    public void backward(Lattice lattice, Target target, Frames frames, int from, int to) {
        if (target.looksUp) {
            lookUp.backward(lattice, target, frames, from, to);
            return;
        }
        double[] blanks = lattice.beta.blank;
        double[] labels = lattice.beta.label;
        double[] inflow = lattice.beta.inflow;
        double[] skipInflow = lattice.beta.skipInflow;
        double[] emissions = frames.emission;
        for (int t = to - 1; t >= from; t--) {
            int emissionRow = t * target.slots;
            DoubleVector blankEmission = DoubleVector.broadcast(SPECIES, emissions[emissionRow + target.blankSlot]);
            int last = PAD + target.lastPair(t);
            for (int p = PAD + (target.firstPair(t, frames.count) & -LANES); p <= last; p += LANES) {
                DoubleVector label = DoubleVector.fromArray(SPECIES, labels, p);
                DoubleVector fromBlank =
                        DoubleVector.fromArray(SPECIES, blanks, p).add(label);
                DoubleVector skipping = DoubleVector.fromArray(SPECIES, skipInflow, p)
                        .fma(DoubleVector.fromArray(SPECIES, labels, p + 1), label);
                DoubleVector fromLabel = DoubleVector.fromArray(SPECIES, inflow, p)
                        .fma(DoubleVector.fromArray(SPECIES, blanks, p + 1), skipping);
                fromBlank.mul(blankEmission).intoArray(blanks, p);
                DoubleVector.fromArray(SPECIES, emissions, emissionRow, target.labelSlot, p)
                        .mul(fromLabel)
                        .intoArray(labels, p);
            }
        }
    }

    @Override
    public boolean backwardWithGradient(Lattice lattice, Utterance u, RowKernels rows, int from, int to, int row) {
        if (u.target.looksUp) {
            return lookUp.backwardWithGradient(lattice, u, rows, from, to, row);
        }
        Target target = u.target;
        Frames frames = u.frames;
        double[] blanks = lattice.beta.blank;
        double[] labels = lattice.beta.label;
        double[] inflow = lattice.beta.inflow;
        double[] skipInflow = lattice.beta.skipInflow;
        double[] weights = lattice.pairWeight;
        boolean byState = lattice.posteriors.byState;
        boolean whole = true;
        for (int t = to - 1; t >= from; t--) {
            DoubleVector blankEmission =
                    DoubleVector.broadcast(SPECIES, frames.emission[t * target.slots + target.blankSlot]);
            int table = (row + t - from) * target.lanes - PAD;
            int out = lattice.posteriors.row() - PAD;
            int last = target.lastPair(t);
            int first = target.firstPair(t, frames.count) & -LANES;
            DoubleVector blankSums = DoubleVector.zero(SPECIES);
            DoubleVector labelSums = DoubleVector.zero(SPECIES);
            for (int p = PAD + first; p <= PAD + last; p += LANES) {
                DoubleVector label = DoubleVector.fromArray(SPECIES, labels, p);
                DoubleVector fromBlank =
                        DoubleVector.fromArray(SPECIES, blanks, p).add(label);
                DoubleVector skipping = DoubleVector.fromArray(SPECIES, skipInflow, p)
                        .fma(DoubleVector.fromArray(SPECIES, labels, p + 1), label);
                DoubleVector fromLabel = DoubleVector.fromArray(SPECIES, inflow, p)
                        .fma(DoubleVector.fromArray(SPECIES, blanks, p + 1), skipping);
                DoubleVector weight = DoubleVector.fromArray(SPECIES, weights, p);
                DoubleVector blankOccupied = DoubleVector.fromArray(SPECIES, lattice.tableBlank, table + p)
                        .mul(weight)
                        .mul(fromBlank);
                DoubleVector labelOccupied = DoubleVector.fromArray(SPECIES, lattice.tableLabel, table + p)
                        .mul(weight)
                        .mul(fromLabel);
                labelOccupied.intoArray(lattice.posteriors.label, out + p);
                if (byState) {
                    blankOccupied.intoArray(lattice.posteriors.blank, out + p);
                }
                blankSums = blankOccupied.add(blankSums);
                labelSums = labelOccupied.add(labelSums);
                fromBlank.mul(blankEmission).intoArray(blanks, p);
                DoubleVector.fromArray(SPECIES, lattice.tableEmission, table + p)
                        .mul(fromLabel)
                        .intoArray(labels, p);
            }
            blankSums.intoArray(blankLanes, 0);
            labelSums.intoArray(labelLanes, 0);
            double blankSum = Lanes.sum(blankLanes);
            double sum = blankSum + Lanes.sum(labelLanes);
            whole &= Tolerance.isLikelihood(sum, u.z);
            lattice.posteriors.add(u, rows, t, first, last, blankSum, sum);
        }
        lattice.posteriors.flush(u, rows);
        return whole;
    }

    @Override
    public boolean rescale(LatticeState state, double[] skip, int first, int last, int step) {
        return VectorRescaling.rescale(state, skip, first, last, step);
    }
}
