package io.github.tornadoctc.cpu;

/**
 * exp, one number at a time. With n the integer nearest to x / ln 2 and r = x − n ln 2, |r| ≤ (ln 2) / 2 = 0.3466,
 * exp(x) = 2ⁿ exp(r), and exp(r) is a polynomial: 1 + r + r²/2, and from r³ on the coefficients that make the largest
 * relative error least, which differ little from 1/k!.
 *
 * <p>The polynomial is split at r², in double at r⁴ as well (Estrin's scheme), so that of its multiplications only a few wait
 * for each other: a processor keeps some dozens of vector operations under way, and a long chain of them leaves it idle.
 * The 1 is added last, in one rounding with the product with 2ⁿ.
 *
 * <p>n comes from adding 1.5 · 2^p, p the number of fraction bits, which rounds to an integer and leaves n in the
 * low bits; shifted to the exponent's place, they make 2ⁿ. ln 2 is split in a part with trailing zeros, so that its
 * product with n is exact, and a rest. Results below the normal range are 0; NaN stays NaN.
 *
 * <p>{@link VectorExp} does the same operations on the lanes of a vector, to the same bits, which {@link Math#exp} would
 * not give.
 */
final class Exp {
    /** The product of 2ⁿ and the polynomial must be normal: n ≥ −126, and −1022 for double. */
    static final float FLOAT_LEAST = -87;

    static final double DOUBLE_LEAST = -708;

    static final float FLOAT_ROUND = 0x1.8p23f;
    static final float FLOAT_LOG2_E = 1.442695f;
    /** The first 9 bits of ln 2: times n < 2^7 exact in 24. */
    static final float FLOAT_LN2_HIGH = 0x1.63p-1f;

    static final float FLOAT_LN2_LOW = -2.1219444e-4f;
    static final int FLOAT_FRACTION = 23;
    /** Of r³, and of the powers after it. */
    static final float FLOAT_C3 = 0x1.5554a4p-3f;

    static final float FLOAT_C4 = 0x1.55568cp-5f;
    static final float FLOAT_C5 = 0x1.122f1ep-7f;
    static final float FLOAT_C6 = 0x1.6b6998p-10f;

    static final double DOUBLE_ROUND = 0x1.8p52;
    static final double DOUBLE_LOG2_E = 1.4426950408889634;
    /** The first 33 bits of ln 2, as in fdlibm's e_exp.c: times n < 2^10 exact in 53. */
    static final double DOUBLE_LN2_HIGH = 0.6931471803691238;

    static final double DOUBLE_LN2_LOW = 1.9082149292705877e-10;
    static final int DOUBLE_FRACTION = 52;
    /** Of r³, and of the powers after it. */
    static final double DOUBLE_C3 = 0x1.5555555555501p-3;

    static final double DOUBLE_C4 = 0x1.5555555553206p-5;
    static final double DOUBLE_C5 = 0x1.111111112896ep-7;
    static final double DOUBLE_C6 = 0x1.6c16c17cc36f2p-10;
    static final double DOUBLE_C7 = 0x1.a01a011bd6453p-13;
    static final double DOUBLE_C8 = 0x1.a019ab2c74fccp-16;
    static final double DOUBLE_C9 = 0x1.71df55e327ab6p-19;
    static final double DOUBLE_C10 = 0x1.289f8b96ccdbcp-22;
    static final double DOUBLE_C11 = 0x1.ad1f23476363fp-26;

    static final int FLOAT_ONE = Float.floatToRawIntBits(1);
    static final long DOUBLE_ONE = Double.doubleToRawLongBits(1);

    private Exp() {}

    /**
     * Within 1.1 ulp, for x ≤ 88: half an ulp is the last rounding, a quarter that of r, a quarter that of what is added
     * to 1, and the polynomial's relative error is 3.7e-9.
     */
    static float exp(float x) {
        float shifted = Math.fma(x, FLOAT_LOG2_E, FLOAT_ROUND);
        float n = shifted - FLOAT_ROUND;
        float r = Math.fma(n, -FLOAT_LN2_LOW, Math.fma(n, -FLOAT_LN2_HIGH, x));
        float square = r * r;
        float low = Math.fma(FLOAT_C3, r, 0.5f);
        float high = Math.fma(FLOAT_C6, square, Math.fma(FLOAT_C5, r, FLOAT_C4));
        float beyondOne = Math.fma(Math.fma(high, square, low), square, r);
        float scale = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << FLOAT_FRACTION) + FLOAT_ONE);
        return x < FLOAT_LEAST ? 0 : Math.fma(beyondOne, scale, scale);
    }

    /** Within 1.1 ulp, for x ≤ 709, as the float; the polynomial's relative error is 5.4e-18. */
    static double exp(double x) {
        double shifted = Math.fma(x, DOUBLE_LOG2_E, DOUBLE_ROUND);
        double n = shifted - DOUBLE_ROUND;
        double r = Math.fma(n, -DOUBLE_LN2_LOW, Math.fma(n, -DOUBLE_LN2_HIGH, x));
        double square = r * r;
        double fourth = square * square;
        double low = Math.fma(Math.fma(DOUBLE_C5, r, DOUBLE_C4), square, Math.fma(DOUBLE_C3, r, 0.5));
        double high = Math.fma(Math.fma(DOUBLE_C9, r, DOUBLE_C8), square, Math.fma(DOUBLE_C7, r, DOUBLE_C6));
        high = Math.fma(Math.fma(DOUBLE_C11, r, DOUBLE_C10), fourth, high);
        double beyondOne = Math.fma(Math.fma(high, fourth, low), square, r);
        double scale = Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << DOUBLE_FRACTION) + DOUBLE_ONE);
        return x < DOUBLE_LEAST ? 0 : Math.fma(beyondOne, scale, scale);
    }
}
