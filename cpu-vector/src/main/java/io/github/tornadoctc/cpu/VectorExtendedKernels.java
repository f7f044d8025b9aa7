package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarExtendedKernels} with neighbouring pairs in the lanes of a vector; the same equations line by line.
 * Powers of two, 2^n for an integer n ≤ 1023 and 0 below the normal range, are written out each time: a method that returns
 * a vector would make an object of it (see {@link Species}).
 */
final class VectorExtendedKernels implements ExtendedKernels {
    private static final VectorSpecies<Double> SPECIES = Species.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final int PAD = Target.PAD;

    /** What becomes 0, as a power of two. */
    private static final double LEAST = -1023;

    private static final double BIAS = ScalarExtendedKernels.EXPONENT_ROUND;

    /** Not to keep α. */
    private static final int NO_TABLE = Integer.MIN_VALUE;

    /** Scratch for sums over the lanes of a vector. */
    private final double[] blankLanes = new double[Target.ALIGNMENT];

    private final double[] labelLanes = new double[Target.ALIGNMENT];

    @Override
    public void emissions(ExtendedRow row, int slots) {
        VectorExtendedFloats.emissions(row, slots);
    }

    @Override
    public void forward(ExtendedLattice lattice, Target target, int first, int last) {
        forward(lattice, target, first, last, NO_TABLE);
    }

    @Override
    public void forwardKept(ExtendedLattice lattice, Target target, int first, int last, int frame) {
        forward(lattice, target, first, last, frame * target.lanes - PAD);
    }

    /** @param table where in the table the frame's lanes begin, less the pad; or {@link #NO_TABLE} */
    private static void forward(ExtendedLattice lattice, Target target, int first, int last, int table) {
        double[] blanks = lattice.alpha.blank;
        double[] blankExponents = lattice.alpha.blankExponent;
        double[] labels = lattice.alpha.label;
        double[] labelExponents = lattice.alpha.labelExponent;
        boolean keeps = table != NO_TABLE;
        double[] mantissas = keeps ? lattice.tableEmission : lattice.row.labelMantissa;
        double[] exponents = keeps ? lattice.tableEmissionExponent : lattice.row.labelExponent;
        int emissions = keeps ? table : -PAD;
        double blankEmission = lattice.row.mantissa[target.blankSlot];
        double blankEmissionExponent = lattice.row.exponent[target.blankSlot];
        for (int p = PAD + (last & -LANES); p >= PAD + (first & -LANES); p -= LANES) {
            DoubleVector blank = DoubleVector.fromArray(SPECIES, blanks, p);
            DoubleVector blankExponent = DoubleVector.fromArray(SPECIES, blankExponents, p);
            DoubleVector before = DoubleVector.fromArray(SPECIES, labels, p - 1);
            DoubleVector beforeExponent = DoubleVector.fromArray(SPECIES, labelExponents, p - 1);
            DoubleVector sumExponent = blankExponent.max(beforeExponent);
            DoubleVector sum = before.fma(
                    beforeExponent
                            .sub(sumExponent)
                            .max(LEAST)
                            .add(BIAS)
                            .reinterpretAsLongs()
                            .lanewise(LSHL, 52)
                            .reinterpretAsDoubles(),
                    blank.mul(blankExponent
                            .sub(sumExponent)
                            .max(LEAST)
                            .add(BIAS)
                            .reinterpretAsLongs()
                            .lanewise(LSHL, 52)
                            .reinterpretAsDoubles()));
            VectorMask<Double> skips =
                    DoubleVector.fromArray(SPECIES, target.skipIn, p).compare(NE, 0);
            DoubleVector entering = blank.blend(sum, skips);
            DoubleVector enteringExponent = blankExponent.blend(sumExponent, skips);
            DoubleVector ownExponent = DoubleVector.fromArray(SPECIES, labelExponents, p);
            DoubleVector labelExponent = ownExponent.max(enteringExponent);
            DoubleVector label = entering.fma(
                    enteringExponent
                            .sub(labelExponent)
                            .max(LEAST)
                            .add(BIAS)
                            .reinterpretAsLongs()
                            .lanewise(LSHL, 52)
                            .reinterpretAsDoubles(),
                    DoubleVector.fromArray(SPECIES, labels, p)
                            .mul(ownExponent
                                    .sub(labelExponent)
                                    .max(LEAST)
                                    .add(BIAS)
                                    .reinterpretAsLongs()
                                    .lanewise(LSHL, 52)
                                    .reinterpretAsDoubles()));
            sum = sum.mul(blankEmission);
            sumExponent = sumExponent.add(blankEmissionExponent);
            label = label.mul(DoubleVector.fromArray(SPECIES, mantissas, emissions + p));
            labelExponent = labelExponent.add(DoubleVector.fromArray(SPECIES, exponents, emissions + p));
            sum.intoArray(blanks, p);
            sumExponent.intoArray(blankExponents, p);
            label.intoArray(labels, p);
            labelExponent.intoArray(labelExponents, p);
            if (keeps) {
                sum.intoArray(lattice.tableBlank, table + p);
                sumExponent.intoArray(lattice.tableBlankExponent, table + p);
                label.intoArray(lattice.tableLabel, table + p);
                labelExponent.intoArray(lattice.tableLabelExponent, table + p);
            }
        }
    }

    @Override
    public void backward(ExtendedLattice lattice, Target target, int first, int last) {
        double[] mantissas = lattice.row.labelMantissa;
        double[] exponents = lattice.row.labelExponent;
        double blankEmission = lattice.row.mantissa[target.blankSlot];
        double blankEmissionExponent = lattice.row.exponent[target.blankSlot];
        ExtendedState beta = lattice.beta;
        leave(beta, target, first, last);
        for (int p = PAD + (first & -LANES); p <= PAD + last; p += LANES) {
            DoubleVector.fromArray(SPECIES, beta.blank, p).mul(blankEmission).intoArray(beta.blank, p);
            DoubleVector.fromArray(SPECIES, beta.blankExponent, p)
                    .add(blankEmissionExponent)
                    .intoArray(beta.blankExponent, p);
            DoubleVector.fromArray(SPECIES, beta.label, p)
                    .mul(DoubleVector.fromArray(SPECIES, mantissas, p - PAD))
                    .intoArray(beta.label, p);
            DoubleVector.fromArray(SPECIES, beta.labelExponent, p)
                    .add(DoubleVector.fromArray(SPECIES, exponents, p - PAD))
                    .intoArray(beta.labelExponent, p);
        }
    }

    @Override
    public double backwardWithPosteriors(
            ExtendedLattice lattice, Target target, int first, int last, int frame, double exponent) {
        ExtendedState beta = lattice.beta;
        int table = frame * target.lanes - PAD;
        double blankEmission = lattice.tableBlankEmission[frame];
        double blankEmissionExponent = lattice.tableBlankEmissionExponent[frame];
        boolean byState = lattice.posteriors.byState;
        int out = lattice.posteriors.row() - PAD;
        DoubleVector blankSums = DoubleVector.zero(SPECIES);
        DoubleVector labelSums = DoubleVector.zero(SPECIES);
        leave(beta, target, first, last);
        for (int p = PAD + (first & -LANES); p <= PAD + last; p += LANES) {
            DoubleVector blank = DoubleVector.fromArray(SPECIES, beta.blank, p);
            DoubleVector blankExponent = DoubleVector.fromArray(SPECIES, beta.blankExponent, p);
            DoubleVector label = DoubleVector.fromArray(SPECIES, beta.label, p);
            DoubleVector labelExponent = DoubleVector.fromArray(SPECIES, beta.labelExponent, p);
            DoubleVector blankScale = DoubleVector.fromArray(SPECIES, lattice.tableBlankExponent, table + p)
                    .add(blankExponent)
                    .sub(exponent)
                    .max(LEAST)
                    .add(BIAS)
                    .reinterpretAsLongs()
                    .lanewise(LSHL, 52)
                    .reinterpretAsDoubles();
            DoubleVector labelScale = DoubleVector.fromArray(SPECIES, lattice.tableLabelExponent, table + p)
                    .add(labelExponent)
                    .sub(exponent)
                    .max(LEAST)
                    .add(BIAS)
                    .reinterpretAsLongs()
                    .lanewise(LSHL, 52)
                    .reinterpretAsDoubles();
            DoubleVector occupied = DoubleVector.fromArray(SPECIES, lattice.tableLabel, table + p)
                    .mul(labelScale)
                    .mul(label);
            occupied.intoArray(lattice.posteriors.label, out + p);
            labelSums = occupied.add(labelSums);
            DoubleVector blankOccupied = DoubleVector.fromArray(SPECIES, lattice.tableBlank, table + p)
                    .mul(blankScale)
                    .mul(blank);
            if (byState) {
                blankOccupied.intoArray(lattice.posteriors.blank, out + p);
            }
            blankSums = blankOccupied.add(blankSums);
            blank.mul(blankEmission).intoArray(beta.blank, p);
            blankExponent.add(blankEmissionExponent).intoArray(beta.blankExponent, p);
            label.mul(DoubleVector.fromArray(SPECIES, lattice.tableEmission, table + p))
                    .intoArray(beta.label, p);
            labelExponent
                    .add(DoubleVector.fromArray(SPECIES, lattice.tableEmissionExponent, table + p))
                    .intoArray(beta.labelExponent, p);
        }
        blankSums.intoArray(blankLanes, 0);
        labelSums.intoArray(labelLanes, 0);
        lattice.blankPosterior = Lanes.sum(blankLanes);
        return lattice.blankPosterior + Lanes.sum(labelLanes);
    }

    /** Replaces pairs of β by what completes the target after the frame: their own two states, and those of the next. */
    private static void leave(ExtendedState beta, Target target, int first, int last) {
        double[] blanks = beta.blank;
        double[] blankExponents = beta.blankExponent;
        double[] labels = beta.label;
        double[] labelExponents = beta.labelExponent;
        for (int p = PAD + (first & -LANES); p <= PAD + last; p += LANES) {
            DoubleVector blank = DoubleVector.fromArray(SPECIES, blanks, p);
            DoubleVector blankExponent = DoubleVector.fromArray(SPECIES, blankExponents, p);
            DoubleVector label = DoubleVector.fromArray(SPECIES, labels, p);
            DoubleVector labelExponent = DoubleVector.fromArray(SPECIES, labelExponents, p);
            DoubleVector nextBlankExponent = DoubleVector.fromArray(SPECIES, blankExponents, p + 1);
            DoubleVector skipExponent = DoubleVector.fromArray(SPECIES, labelExponents, p + 1)
                    .blend(
                            ExtendedState.NOTHING,
                            DoubleVector.fromArray(SPECIES, target.skipOut, p).compare(EQ, 0));
            DoubleVector nextExponent = nextBlankExponent.max(skipExponent);
            DoubleVector next = DoubleVector.fromArray(SPECIES, labels, p + 1)
                    .fma(
                            skipExponent
                                    .sub(nextExponent)
                                    .max(LEAST)
                                    .add(BIAS)
                                    .reinterpretAsLongs()
                                    .lanewise(LSHL, 52)
                                    .reinterpretAsDoubles(),
                            DoubleVector.fromArray(SPECIES, blanks, p + 1)
                                    .mul(nextBlankExponent
                                            .sub(nextExponent)
                                            .max(LEAST)
                                            .add(BIAS)
                                            .reinterpretAsLongs()
                                            .lanewise(LSHL, 52)
                                            .reinterpretAsDoubles()));
            DoubleVector fromBlankExponent = blankExponent.max(labelExponent);
            label.fma(
                            labelExponent
                                    .sub(fromBlankExponent)
                                    .max(LEAST)
                                    .add(BIAS)
                                    .reinterpretAsLongs()
                                    .lanewise(LSHL, 52)
                                    .reinterpretAsDoubles(),
                            blank.mul(blankExponent
                                    .sub(fromBlankExponent)
                                    .max(LEAST)
                                    .add(BIAS)
                                    .reinterpretAsLongs()
                                    .lanewise(LSHL, 52)
                                    .reinterpretAsDoubles()))
                    .intoArray(blanks, p);
            fromBlankExponent.intoArray(blankExponents, p);
            DoubleVector fromLabelExponent = labelExponent.max(nextExponent);
            next.fma(
                            nextExponent
                                    .sub(fromLabelExponent)
                                    .max(LEAST)
                                    .add(BIAS)
                                    .reinterpretAsLongs()
                                    .lanewise(LSHL, 52)
                                    .reinterpretAsDoubles(),
                            label.mul(labelExponent
                                    .sub(fromLabelExponent)
                                    .max(LEAST)
                                    .add(BIAS)
                                    .reinterpretAsLongs()
                                    .lanewise(LSHL, 52)
                                    .reinterpretAsDoubles()))
                    .intoArray(labels, p);
            fromLabelExponent.intoArray(labelExponents, p);
        }
    }

    @Override
    public void normalise(ExtendedState state, int first, int last) {
        int from = PAD + (first & -LANES);
        VectorExtendedFloats.normalise(state.blank, state.blankExponent, from, PAD + last);
        VectorExtendedFloats.normalise(state.label, state.labelExponent, from, PAD + last);
    }
}
