package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.L2D;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * ln of normal numbers, with the arguments in the lanes of a vector: fdlibm's e_log.c, whose polynomial is within 2^−58 of
 * what it stands for. With x = 2ᵏ (1 + f), √½ ≤ 1 + f < √2, s = f / (2 + f) and z = s²,
 *
 * <pre>ln x = k ln 2 + f − f²/2 + s (f²/2 + R(z)),   R(z) ≈ ln((1 + s) / (1 − s)) / s − 2</pre>
 */
final class VectorLog {
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;

    private static final int FRACTION = 52;
    private static final long ONE = Double.doubleToRawLongBits(1);
    private static final long SQRT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));
    private static final long FRACTION_BITS = (1L << FRACTION) - 1;

    private static final double LG1 = 0.6666666666666735;
    private static final double LG2 = 0.3999999999940942;
    private static final double LG3 = 0.2857142874366239;
    private static final double LG4 = 0.22222198432149784;
    private static final double LG5 = 0.1818357216161805;
    private static final double LG6 = 0.15313837699209373;
    private static final double LG7 = 0.14798198605116586;

    private VectorLog() {}

    /** Replaces values [from, to), each normal or NaN, by their logarithms, within 1 ulp; others by any number. */
    static void logarithms(double[] values, int from, int to) {
        for (int i = from; i < to; i += DOUBLES.length()) {
            VectorMask<Double> within = DOUBLES.indexInRange(i, to);
            DoubleVector x = DoubleVector.fromArray(DOUBLES, values, i, within);
            LongVector above = x.reinterpretAsLongs().add(ONE - SQRT_HALF);
            DoubleVector k = (DoubleVector)
                    above.lanewise(LSHR, FRACTION).sub(ONE >> FRACTION).convertShape(L2D, DOUBLES, 0);
            DoubleVector f = above.and(FRACTION_BITS)
                    .add(SQRT_HALF)
                    .reinterpretAsDoubles()
                    .sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector r = DoubleVector.broadcast(DOUBLES, LG7).fma(z, DoubleVector.broadcast(DOUBLES, LG6));
            r = r.fma(z, DoubleVector.broadcast(DOUBLES, LG5));
            r = r.fma(z, DoubleVector.broadcast(DOUBLES, LG4));
            r = r.fma(z, DoubleVector.broadcast(DOUBLES, LG3));
            r = r.fma(z, DoubleVector.broadcast(DOUBLES, LG2));
            r = r.fma(z, DoubleVector.broadcast(DOUBLES, LG1)).mul(z);
            DoubleVector half = f.mul(f).mul(0.5);
            DoubleVector rest = s.mul(half.add(r)).add(k.mul(Exp.DOUBLE_LN2_LOW));
            // NaN has lost what makes it NaN; x − x has it, and is 0 elsewhere
            k.mul(Exp.DOUBLE_LN2_HIGH).sub(half.sub(rest).sub(f)).add(x.sub(x)).intoArray(values, i, within);
        }
    }
}
