package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Rescaling} with neighbouring pairs in the lanes of a vector. Blocks that have a pair without probability, or
 * that come near a budget, are left to it; they are few, at the rim of what is reached.
 */
final class VectorRescaling {
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, DOUBLES.vectorShape());
    private static final int LANES = DOUBLES.length();

    private VectorRescaling() {}

    /** {@link Rescaling#rescale}, to the same bits. */
    static boolean rescale(LatticeState state, double[] skip, int first, int last, int step) {
        boolean up = step > 0;
        Rescaling.retire(state, up ? first - 1 : last + 1);
        int seen = Rescaling.UNSEEN;
        int blocks = (last + 1 - first) / LANES;
        for (int n = 0; n < blocks; n++) {
            int block = up ? first + n * LANES : last + 1 - (n + 1) * LANES;
            if (seen == Rescaling.UNSEEN || !rescaleBlock(state, block, step)) {
                int start = up ? block : block + LANES - 1;
                seen = Rescaling.rescaleValues(state, start, start + step * LANES, step, seen);
                if (seen == Rescaling.IMPOSSIBLE) {
                    return false;
                }
            }
        }
        deriveInflows(state, skip, first, last, step);
        return seen == Rescaling.SEEN;
    }

    /** Rescales the pairs of a block; false if {@link Rescaling} has to go on with them, from where they are then. */
    private static boolean rescaleBlock(LatticeState state, int block, int step) {
        DoubleVector blank = DoubleVector.fromArray(DOUBLES, state.blank, block);
        DoubleVector label = DoubleVector.fromArray(DOUBLES, state.label, block);
        DoubleVector larger = blank.blend(label, label.compare(GT, blank));
        if (larger.compare(EQ, 0).anyTrue()) {
            return false;
        }
        // the biased exponent of a positive double; 2^−exponent has 2 · 1023 less that
        LongVector biased = larger.reinterpretAsLongs().lanewise(LSHR, 52);
        DoubleVector factor =
                biased.neg().add(2 * Double.MAX_EXPONENT).lanewise(LSHL, 52).reinterpretAsDoubles();
        blank = blank.mul(factor);
        label = label.mul(factor);
        blank.intoArray(state.blank, block);
        label.intoArray(state.label, block);
        LongVector exponent =
                LongVector.fromArray(LONGS, state.exponent, block).add(biased).sub(Double.MAX_EXPONENT);
        exponent.intoArray(state.exponent, block);
        LongVector rise =
                LongVector.fromArray(LONGS, state.exponent, block - step).sub(exponent);
        VectorMask<Long> tooSteep = rise.compare(GT, Rescaling.STEEPEST);
        VectorMask<Double> tooSmall = blank.compare(LT, Rescaling.LEAST)
                .and(blank.compare(NE, 0))
                .or(label.compare(LT, Rescaling.LEAST).and(label.compare(NE, 0)));
        return !tooSteep.anyTrue() && !tooSmall.anyTrue();
    }

    private static void deriveInflows(LatticeState state, double[] skip, int first, int last, int step) {
        for (int block = first; block <= last; block += LANES) {
            DoubleVector inflow = LongVector.fromArray(LONGS, state.exponent, block - step)
                    .sub(LongVector.fromArray(LONGS, state.exponent, block))
                    .add(Double.MAX_EXPONENT)
                    .lanewise(MAX, 0)
                    .lanewise(LSHL, 52)
                    .reinterpretAsDoubles();
            inflow.intoArray(state.inflow, block);
            inflow.mul(DoubleVector.fromArray(DOUBLES, skip, block)).intoArray(state.skipInflow, block);
        }
    }
}
