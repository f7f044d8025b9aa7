package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * exp of arguments ≤ 0. With n the integer nearest to x / ln 2 and r = x − n ln 2, |r| ≤ (ln 2) / 2 = 0.3466,
 * exp(x) = 2ⁿ exp(r), and exp(r) is its Taylor polynomial, whose coefficients 1/k! anyone can check.
 *
 * <p>n comes from adding 1.5 · 2^p, p the number of fraction bits, which rounds to an integer and leaves n in the
 * low bits; shifted to the exponent's place, they make 2ⁿ. ln 2 is split in a part with trailing zeros, so that its
 * product with n is exact, and a rest. Results below the normal range are 0; NaN stays NaN.
 *
 * <p>The loops are written out, without a method from vector to vector. The compiler does not inline a method that it
 * has already compiled to much code, and a vector that is returned from a call becomes an object.
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

    private static final int FLOAT_ONE = Float.floatToRawIntBits(1);
    private static final long DOUBLE_ONE = Double.doubleToRawLongBits(1);

    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorExp() {}

    /**
     * Writes exp(score − largest) of {@code count} scores, a multiple of the vector length, and adds them up by lane.
     * Within 1 ulp of exp of the rounded difference: the first term left out is r⁸/8! ≤ 5.2e-9, a tenth of an ulp; the
     * rest is rounding.
     *
     * @param from where the scores begin, in bytes
     * @param to where the exponentials begin, in bytes
     */
    static void exponentials(
            MemorySegment scores, long from, MemorySegment out, long to, int count, float largest, float[] sums) {
        FloatVector sum = FloatVector.fromArray(FLOATS, sums, 0);
        for (int i = 0; i < count; i += FLOATS.length()) {
            long offset = (long) i * Float.BYTES;
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, scores, from + offset, ORDER)
                    .sub(largest);
            FloatVector shifted =
                    x.fma(FloatVector.broadcast(FLOATS, FLOAT_LOG2_E), FloatVector.broadcast(FLOATS, FLOAT_ROUND));
            FloatVector n = shifted.sub(FLOAT_ROUND);
            FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -FLOAT_LN2_HIGH), x);
            r = n.fma(FloatVector.broadcast(FLOATS, -FLOAT_LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(FLOATS, 1f / 5040).fma(r, FloatVector.broadcast(FLOATS, 1f / 720));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f / 120));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f / 24));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f / 6));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 0.5f));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
            FloatVector scale = shifted.reinterpretAsInts()
                    .lanewise(LSHL, FLOAT_FRACTION)
                    .add(FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp = p.mul(scale).blend(0f, x.compare(LT, FLOAT_LEAST));
            exp.intoMemorySegment(out, to + offset, ORDER);
            sum = sum.add(exp);
        }
        sum.intoArray(sums, 0);
    }

    /**
     * Replaces values [from, to), all ≤ 0, by their exponentials, within 1 ulp; both ends are multiples of
     * {@value Target#ALIGNMENT}. The first term left out is r¹⁴/14! ≤ 4.2e-18, a fiftieth of an ulp.
     */
    static void exponentials(double[] values, int from, int to) {
        for (int i = from; i < to; i += DOUBLES.length()) {
            DoubleVector x = DoubleVector.fromArray(DOUBLES, values, i);
            DoubleVector shifted = x.fma(
                    DoubleVector.broadcast(DOUBLES, DOUBLE_LOG2_E), DoubleVector.broadcast(DOUBLES, DOUBLE_ROUND));
            DoubleVector n = shifted.sub(DOUBLE_ROUND);
            DoubleVector r = n.fma(DoubleVector.broadcast(DOUBLES, -DOUBLE_LN2_HIGH), x);
            r = n.fma(DoubleVector.broadcast(DOUBLES, -DOUBLE_LN2_LOW), r);
            DoubleVector p = DoubleVector.broadcast(DOUBLES, 1.0 / 6227020800L)
                    .fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 479001600));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 39916800));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 3628800));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 362880));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 40320));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 5040));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 720));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 120));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 24));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 6));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 0.5));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0));
            DoubleVector scale = shifted.reinterpretAsLongs()
                    .lanewise(LSHL, DOUBLE_FRACTION)
                    .add(DOUBLE_ONE)
                    .reinterpretAsDoubles();
            p.mul(scale).blend(0.0, x.compare(LT, DOUBLE_LEAST)).intoArray(values, i);
        }
    }
}
