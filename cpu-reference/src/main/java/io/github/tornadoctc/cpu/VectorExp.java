package io.github.tornadoctc.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * exp of arguments ≤ 0. With n the integer nearest to x / ln 2 and r = x − n ln 2, |r| ≤ (ln 2) / 2 = 0.3466,
 * exp(x) = 2ⁿ exp(r), and exp(r) is its Taylor polynomial: for its coefficients 1/k! no one has to take our word.
 *
 * <p>n comes from adding 1.5 · 2^p, p the number of fraction bits, which rounds to an integer and leaves n in the
 * low bits; shifted to the exponent's place, they make 2ⁿ. ln 2 is split in a part with trailing zeros, so that its
 * product with n is exact, and a rest. Results below the normal range are 0; NaN stays NaN.
 */
final class VectorExp {
    /** The product of 2ⁿ and a polynomial must be normal: n ≥ −126, and −1022 for double. */
    private static final float FLOAT_LEAST = -87;

    private static final double DOUBLE_LEAST = -708;

    private static final float FLOAT_ROUND = 0x1.8p23f;
    private static final float FLOAT_LOG2_E = 1.442695f;
    /** The first 9 bits of ln 2: times n < 2^7 exact in 24. */
    private static final float FLOAT_LN2_HIGH = 0x1.63p-1f;

    private static final float FLOAT_LN2_LOW = -2.1219444e-4f;
    private static final int FLOAT_FRACTION = 23;

    private static final double DOUBLE_ROUND = 0x1.8p52;
    private static final double DOUBLE_LOG2_E = 1.4426950408889634;
    /** The first 33 bits of ln 2, as in fdlibm's e_exp.c: times n < 2^10 exact in 53. */
    private static final double DOUBLE_LN2_HIGH = 0.6931471803691238;

    private static final double DOUBLE_LN2_LOW = 1.9082149292705877e-10;
    private static final int DOUBLE_FRACTION = 52;

    private VectorExp() {}

    /**
     * exp(x) for x ≤ 0, within 1 ulp. The first term left out is r⁸/8! ≤ 5.2e-9, a tenth of an ulp; the rest is
     * rounding.
     */
    static FloatVector exp(FloatVector x) {
        var shifted = x.fma(x.broadcast(FLOAT_LOG2_E), x.broadcast(FLOAT_ROUND));
        var n = shifted.sub(FLOAT_ROUND);
        var r = n.fma(n.broadcast(-FLOAT_LN2_HIGH), x);
        r = n.fma(n.broadcast(-FLOAT_LN2_LOW), r);
        var p = r.broadcast(1f / 5040).fma(r, r.broadcast(1f / 720));
        p = p.fma(r, r.broadcast(1f / 120));
        p = p.fma(r, r.broadcast(1f / 24));
        p = p.fma(r, r.broadcast(1f / 6));
        p = p.fma(r, r.broadcast(0.5f));
        p = p.fma(r, r.broadcast(1f));
        p = p.fma(r, r.broadcast(1f));
        var scale = shifted.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, FLOAT_FRACTION)
                .add(Float.floatToRawIntBits(1f))
                .reinterpretAsFloats();
        return p.mul(scale).blend(0f, x.compare(VectorOperators.LT, FLOAT_LEAST));
    }

    /** exp(x) for x ≤ 0, within 1 ulp. The first term left out is r¹⁴/14! ≤ 4.2e-18, a fiftieth of an ulp. */
    static DoubleVector exp(DoubleVector x) {
        var shifted = x.fma(x.broadcast(DOUBLE_LOG2_E), x.broadcast(DOUBLE_ROUND));
        var n = shifted.sub(DOUBLE_ROUND);
        var r = n.fma(n.broadcast(-DOUBLE_LN2_HIGH), x);
        r = n.fma(n.broadcast(-DOUBLE_LN2_LOW), r);
        var p = r.broadcast(1.0 / 6227020800L).fma(r, r.broadcast(1.0 / 479001600));
        p = p.fma(r, r.broadcast(1.0 / 39916800));
        p = p.fma(r, r.broadcast(1.0 / 3628800));
        p = p.fma(r, r.broadcast(1.0 / 362880));
        p = p.fma(r, r.broadcast(1.0 / 40320));
        p = p.fma(r, r.broadcast(1.0 / 5040));
        p = p.fma(r, r.broadcast(1.0 / 720));
        p = p.fma(r, r.broadcast(1.0 / 120));
        p = p.fma(r, r.broadcast(1.0 / 24));
        p = p.fma(r, r.broadcast(1.0 / 6));
        p = p.fma(r, r.broadcast(0.5));
        p = p.fma(r, r.broadcast(1.0));
        p = p.fma(r, r.broadcast(1.0));
        var scale = shifted.reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, DOUBLE_FRACTION)
                .add(Double.doubleToRawLongBits(1.0))
                .reinterpretAsDoubles();
        return p.mul(scale).blend(0.0, x.compare(VectorOperators.LT, DOUBLE_LEAST));
    }

    /** Replaces values [from, to) by their exponentials; both are multiples of {@value Target#ALIGNMENT}. */
    static void exponentials(double[] values, int from, int to) {
        for (int i = from; i < to; i += Species.DOUBLES.length()) {
            exp(DoubleVector.fromArray(Species.DOUBLES, values, i)).intoArray(values, i);
        }
    }
}
