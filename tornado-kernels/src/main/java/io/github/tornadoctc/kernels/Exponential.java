package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * e to the power of what is not positive, the same on every device. Not every device's own exponential is good enough for
 * the sum of a row: of a large vocabulary all symbols may have about the same score, at every frame, and then the error of
 * one exponential is that of the loss. On NVIDIA's GPUs, OpenCL and PTX make it of {@code ex2.approx}, which is off by 2
 * ulps and by the rounding of x · log₂ e besides: 7e-7 for x = −15. Here it is 2e-7 at the worst, and 4e-8
 * on average over scores that differ by a tenth. {@link RowDevice} says where a device's own does.
 *
 * <p>x is divided by ln 4, e to the power of the remainder is a polynomial, and the power of 4 is the square of a power
 * of 2, which is an int shifted and then converted: kernels have neither bit-casts nor {@code ldexp}, and an int by itself
 * reaches down to 2⁻³⁰ only.
 */
final class Exponential {
    /** 2³⁰, of which powers of a half are made by shifting. */
    private static final int ROOT = 1 << 30;

    /** What results are multiplied by, 2⁶⁰: {@link #ROOT} squared. */
    static final float ONE = 0x1p60f;

    /** One over it. */
    static final float INVERSE_ONE = 0x1p-60f;

    /** From here down, where {@link #ROOT} is shifted by 31, results are 0: 31 ln 4. */
    private static final float LEAST = -42.975f;

    private static final float LOG4_E = 0.7213475f;

    // ln 4 in two parts (Cody and Waite 1980). The product of the first, which has 9 significant bits, with an int up
    // to 31 is exact.
    private static final float LN4_HIGH = 355f / 256f;
    private static final float LN4_LOW = -4.2438888e-4f;

    private Exponential() {}

    /**
     * eˣ · {@link #ONE}, relative error 2e-7; exactly {@code ONE} for 0, and 0 from −42.5 down.
     *
     * @param x not positive; may be −∞, and of a NaN the result is anything
     */
    static float scaled(float x) {
        float within = TornadoMath.max(x, LEAST);
        int j = (int) (within * -LOG4_E + 0.5f);
        // Each is a product to add, of which TornadoVM makes a fused multiply-add that fast math leaves alone.
        float r = j * LN4_HIGH + within;
        r = j * LN4_LOW + r;
        float root = ROOT >> j;
        return polynomial(r) * root * root;
    }

    /**
     * eʳ for |r| ≤ ln 2: of the polynomials that begin with 1 + r the one of least relative error, 1.5e-8, each coefficient
     * chosen after those before it had been rounded to float.
     */
    private static float polynomial(float r) {
        float p = 1.9629796e-4f;
        p = p * r + 0.0014104781f;
        p = p * r + 0.008335935f;
        p = p * r + 0.04166123f;
        p = p * r + 0.16666618f;
        p = p * r + 0.50000036f;
        p = p * r + 1f;
        return p * r + 1f;
    }
}
