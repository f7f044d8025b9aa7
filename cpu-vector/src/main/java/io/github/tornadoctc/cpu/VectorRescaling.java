package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Rescaling} with neighbouring pairs in the lanes of a vector. Blocks that have pairs without probability
 * in the way, or that come near a budget, are left to it; they are few, at the rim of what is reached.
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
        // all blocks first: what is written is read across blocks only when it has arrived
        for (int block = first; block <= last; block += LANES) {
            normalise(state, block);
        }
        int seen = Rescaling.UNSEEN;
        int blocks = (last + 1 - first) / LANES;
        for (int n = 0; n < blocks; n++) {
            int block = up ? first + n * LANES : last + 1 - (n + 1) * LANES;
            if (isDone(state, block, step, seen)) {
                seen = Rescaling.SEEN;
            } else {
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

    /** Gives each pair of a block that has probability the exponent which its larger value has. */
    private static void normalise(LatticeState state, int block) {
        DoubleVector blank = DoubleVector.fromArray(DOUBLES, state.blank, block);
        DoubleVector label = DoubleVector.fromArray(DOUBLES, state.label, block);
        DoubleVector larger = blank.blend(label, label.compare(GT, blank));
        // nothing is like 1, which stays as it is
        larger = larger.blend(1, larger.compare(EQ, 0));
        // the biased exponent of a positive double; 2^−exponent has 2 · 1023 less that
        LongVector biased = larger.reinterpretAsLongs().lanewise(LSHR, 52);
        DoubleVector factor =
                biased.neg().add(2 * Double.MAX_EXPONENT).lanewise(LSHL, 52).reinterpretAsDoubles();
        blank.mul(factor).intoArray(state.blank, block);
        label.mul(factor).intoArray(state.label, block);
        LongVector.fromArray(LONGS, state.exponent, block)
                .add(biased)
                .sub(Double.MAX_EXPONENT)
                .intoArray(state.exponent, block);
    }

    /** Whether nothing is left to do for the pairs of a block; if not, {@link Rescaling} goes on from where they are. */
    private static boolean isDone(LatticeState state, int block, int step, int seen) {
        DoubleVector blank = DoubleVector.fromArray(DOUBLES, state.blank, block);
        DoubleVector label = DoubleVector.fromArray(DOUBLES, state.label, block);
        VectorMask<Double> noBlank = blank.compare(EQ, 0);
        VectorMask<Double> noLabel = label.compare(EQ, 0);
        VectorMask<Double> nothing = noBlank.and(noLabel);
        if (nothing.anyTrue() && !fillEnd(state, block, step, seen, nothing.toLong())) {
            return false;
        }
        if (seen == Rescaling.UNSEEN) {
            int start = step > 0 ? block : block + LANES - 1;
            Rescaling.fillBack(state.exponent, start, step, state.exponent[start]);
        }
        LongVector rise = LongVector.fromArray(LONGS, state.exponent, block - step)
                .sub(LongVector.fromArray(LONGS, state.exponent, block));
        VectorMask<Double> tooSmall = blank.compare(LT, Rescaling.LEAST)
                .andNot(noBlank)
                .or(label.compare(LT, Rescaling.LEAST).andNot(noLabel));
        return !rise.compare(GT, Rescaling.STEEPEST).anyTrue() && !tooSmall.anyTrue();
    }

    /**
     * Where only the last pairs of a block have nothing, gives them the exponent of the last one that has something: of α
     * it is that which they are reached from, and of β they lie before all that has been seen.
     *
     * @param nothing a bit for each pair
     * @return false if that is not how it is
     */
    private static boolean fillEnd(LatticeState state, int block, int step, int seen, long nothing) {
        int with = Long.numberOfTrailingZeros(nothing);
        if (with == 0 || nothing >> with != (1L << (LANES - with)) - 1 || (step < 0 && seen == Rescaling.SEEN)) {
            return false;
        }
        Arrays.fill(state.exponent, block + with, block + LANES, state.exponent[block + with - 1]);
        return true;
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
