package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Extended floats in the lanes of vectors: made of scores, and with mantissas near 1 again. */
final class VectorExtendedFloats {
    private static final VectorSpecies<Double> SPECIES = Species.DOUBLES;
    private static final int LANES = SPECIES.length();

    /** An integer added to it is in the low bits of the sum. */
    private static final double INTEGERS = 0x1.8p52;

    private VectorExtendedFloats() {}

    /** {@link ExtendedKernels#emissions}. */
    static void emissions(ExtendedRow row, int slots) {
        for (int slot = 0; slot < slots; slot += LANES) {
            DoubleVector score = DoubleVector.fromArray(SPECIES, row.mantissa, slot);
            DoubleVector x = score.sub(row.reference);
            DoubleVector y = x.mul(ExtendedRow.STEPS_PER_NAT);
            VectorMask<Double> coarse = y.compare(LT, ExtendedRow.ROUND);
            DoubleVector n = y.add(ExtendedRow.ROUND)
                    .sub(ExtendedRow.ROUND)
                    .blend(y, coarse)
                    .mul(ExtendedRow.STEP)
                    .max(ExtendedState.NOTHING);
            DoubleVector r = n.fma(
                    DoubleVector.broadcast(SPECIES, -ExtendedRow.LN2_LOW),
                    n.fma(DoubleVector.broadcast(SPECIES, -ExtendedRow.LN2_HIGH), x));
            DoubleVector ofReference = x.sub(score);
            DoubleVector lost = score.sub(x.sub(ofReference)).sub(ofReference.add(row.reference));
            r = r.add(lost).blend(r, coarse);
            r = r.min(ExtendedRow.MOST_REST).max(-ExtendedRow.MOST_REST);
            DoubleVector k = r.mul(ExtendedRow.STEPS_PER_NAT)
                    .add(ExtendedRow.ROUND_SMALL)
                    .sub(ExtendedRow.ROUND_SMALL)
                    .mul(ExtendedRow.STEP);
            n.add(k).intoArray(row.exponent, slot);
            k.fma(DoubleVector.broadcast(SPECIES, -ExtendedRow.LN2_HIGH), r).intoArray(row.mantissa, slot);
        }
        VectorExp.exponentials(row.mantissa, 0, slots);
    }

    /** {@link ExtendedKernels#normalise}, of numbers from to last, and of what else is in their vectors. */
    static void normalise(double[] mantissas, double[] exponents, int from, int last) {
        for (int p = from; p <= last; p += LANES) {
            DoubleVector mantissa = DoubleVector.fromArray(SPECIES, mantissas, p);
            // the biased exponent of a positive double, to the nearest multiple of a step
            LongVector steps = mantissa.reinterpretAsLongs()
                    .lanewise(LSHR, 52)
                    .add(ExtendedRow.STEP / 2 - Double.MAX_EXPONENT)
                    .and(-ExtendedRow.STEP);
            mantissa.mul(steps.neg().add(Double.MAX_EXPONENT).lanewise(LSHL, 52).reinterpretAsDoubles())
                    .intoArray(mantissas, p);
            DoubleVector added = steps.add(Double.doubleToRawLongBits(INTEGERS))
                    .reinterpretAsDoubles()
                    .sub(INTEGERS);
            DoubleVector.fromArray(SPECIES, exponents, p).add(added).intoArray(exponents, p);
        }
    }
}
