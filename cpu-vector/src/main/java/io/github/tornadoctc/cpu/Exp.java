package io.github.tornadoctc.cpu;

/**
 * exp, one number at a time. With n the integer nearest to x / ln 2 and r = x − n ln 2, |r| ≤ (ln 2) / 2 = 0.3466,
 * exp(x) = 2ⁿ exp(r), and exp(r) is its Taylor polynomial, whose coefficients 1/k! anyone can check.
 *
 * <p>n comes from adding 1.5 · 2^p, p the number of fraction bits, which rounds to an integer and leaves n in the
 * low bits; shifted to the exponent's place, they make 2ⁿ. ln 2 is split in a part with trailing zeros, so that its
 * product with n is exact, and a rest. Results below the normal range are 0; NaN stays NaN.
 *
 * <p>{@link VectorExp} does the same operations on the lanes of a vector, to the same bits, which {@link Math#exp} would
 * not give.
 */
final class Exp {
    /** The product of 2ⁿ and a polynomial must be normal: n ≥ −126, and −1022 for double. */
    static final float FLOAT_LEAST = -87;

    static final double DOUBLE_LEAST = -708;

    static final float FLOAT_ROUND = 0x1.8p23f;
    static final float FLOAT_LOG2_E = 1.442695f;
    /** The first 9 bits of ln 2: times n < 2^7 exact in 24. */
    static final float FLOAT_LN2_HIGH = 0x1.63p-1f;

    static final float FLOAT_LN2_LOW = -2.1219444e-4f;
    static final int FLOAT_FRACTION = 23;

    static final double DOUBLE_ROUND = 0x1.8p52;
    static final double DOUBLE_LOG2_E = 1.4426950408889634;
    /** The first 33 bits of ln 2, as in fdlibm's e_exp.c: times n < 2^10 exact in 53. */
    static final double DOUBLE_LN2_HIGH = 0.6931471803691238;

    static final double DOUBLE_LN2_LOW = 1.9082149292705877e-10;
    static final int DOUBLE_FRACTION = 52;

    static final int FLOAT_ONE = Float.floatToRawIntBits(1);
    static final long DOUBLE_ONE = Double.doubleToRawLongBits(1);

    private Exp() {}

    /** Within 1 ulp, for x ≤ 88: the first term left out is r⁸/8! ≤ 5.2e-9, a tenth of an ulp; the rest is rounding. */
    static float exp(float x) {
        float shifted = Math.fma(x, FLOAT_LOG2_E, FLOAT_ROUND);
        float n = shifted - FLOAT_ROUND;
        float r = Math.fma(n, -FLOAT_LN2_LOW, Math.fma(n, -FLOAT_LN2_HIGH, x));
        float p = Math.fma(1f / 5040, r, 1f / 720);
        p = Math.fma(p, r, 1f / 120);
        p = Math.fma(p, r, 1f / 24);
        p = Math.fma(p, r, 1f / 6);
        p = Math.fma(p, r, 0.5f);
        p = Math.fma(p, r, 1f);
        p = Math.fma(p, r, 1f);
        float scale = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << FLOAT_FRACTION) + FLOAT_ONE);
        return x < FLOAT_LEAST ? 0 : p * scale;
    }

    /** Within 1 ulp, for x ≤ 709: the first term left out is r¹⁴/14! ≤ 4.2e-18, a fiftieth of an ulp. */
    static double exp(double x) {
        double shifted = Math.fma(x, DOUBLE_LOG2_E, DOUBLE_ROUND);
        double n = shifted - DOUBLE_ROUND;
        double r = Math.fma(n, -DOUBLE_LN2_LOW, Math.fma(n, -DOUBLE_LN2_HIGH, x));
        double p = Math.fma(1.0 / 6227020800L, r, 1.0 / 479001600);
        p = Math.fma(p, r, 1.0 / 39916800);
        p = Math.fma(p, r, 1.0 / 3628800);
        p = Math.fma(p, r, 1.0 / 362880);
        p = Math.fma(p, r, 1.0 / 40320);
        p = Math.fma(p, r, 1.0 / 5040);
        p = Math.fma(p, r, 1.0 / 720);
        p = Math.fma(p, r, 1.0 / 120);
        p = Math.fma(p, r, 1.0 / 24);
        p = Math.fma(p, r, 1.0 / 6);
        p = Math.fma(p, r, 0.5);
        p = Math.fma(p, r, 1.0);
        p = Math.fma(p, r, 1.0);
        double scale = Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << DOUBLE_FRACTION) + DOUBLE_ONE);
        return x < DOUBLE_LEAST ? 0 : p * scale;
    }
}
