package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * What a row's emissions, which are relative to its most likely symbol, have to be multiplied by: its logarithm in
 * float32, and the sum of all frames' logarithms in 64 bits. The likelihood is what the recursions find, times e to the
 * power of that sum.
 *
 * <p>The sum is of integers, in units that are chosen for the utterance so that it takes nearly all bits of a long. So it
 * is the same in whatever order, adds no rounding to that of the logarithms, and leaves fast-math nothing to rearrange.
 */
final class Normaliser {
    /** Bits before the point of a sum: those of a non-negative int, less two for the rounding of estimates. */
    private static final int BITS = 29;

    /** Bits behind it. */
    static final int FRACTION_BITS = 30;

    private static final float FRACTION_ONE = 1 << FRACTION_BITS;

    /** So that 2 to the power of the scale is a normal float, and so is one over it. */
    private static final int MOST_SCALE = 100;

    /** 2³⁰, of which powers of a half are made by shifting. */
    private static final int LOG2_ONE = 30;

    private static final float INVERSE_ONE = 0x1p-30f;

    // ln 2 in two parts, see Emission
    private static final float LN2_HIGH = 355f / 512f;
    private static final float LN2_LOW = -2.1219444e-4f;
    private static final float SQRT_HALF = 0.70710677f;

    private Normaliser() {}

    /**
     * −ln (ones + rest), for a row's sum of e^(score − largest) with its largest terms counted apart: the relative error
     * is 1e-7 even where there is one of them and {@code rest} is small.
     *
     * @param ones how many terms are 1, at least 1
     * @param rest the sum of the others
     */
    static float ofSum(float ones, float rest) {
        float f = ones + rest;
        float power = 1f;
        int k = 0;
        for (int bits = 16; bits > 0; bits /= 2) {
            float factor = (1 << (LOG2_ONE - bits)) * INVERSE_ONE;
            if (f * factor > SQRT_HALF) {
                f *= factor;
                power *= factor;
                k += bits;
            }
        }
        // The two parts are not added up before the power of two is taken off, which would round them. Each is a
        // product to add, of which TornadoVM makes a fused multiply-add that fast-math leaves alone.
        float x = rest * power + (ones * power + -1f);
        return -(k * LN2_HIGH + (k * LN2_LOW + log1p(x)));
    }

    /** ln (1 + x) for x in [−0.30, 0.42], by the polynomial of {@code logf} in the Cephes library (Moshier 1992). */
    private static float log1p(float x) {
        float p = 0.070376836f;
        p = p * x - 0.1151461f;
        p = p * x + 0.116769984f;
        p = p * x - 0.12420141f;
        p = p * x + 0.14249323f;
        p = p * x - 0.16668057f;
        p = p * x + 0.20000714f;
        p = p * x - 0.24999994f;
        p = p * x + 0.3333333f;
        return x - x * x * (0.5f - x * p);
    }

    /**
     * The scale of an utterance's sum: logarithms are multiplied by 2 to its power, and then have
     * {@value #FRACTION_BITS} bits behind the point.
     *
     * @param largest the largest absolute value of a logarithm
     * @param length the number of frames
     */
    static int scale(float largest, int length) {
        int scale = BITS;
        float rest = largest;
        while (rest >= 1f) {
            rest *= 0.5f;
            scale--;
        }
        while (rest < 0.5f && scale < MOST_SCALE) {
            rest *= 2f;
            scale++;
        }
        for (int frames = 1; frames < length; frames *= 2) {
            scale--;
        }
        return scale;
    }

    /**
     * A logarithm times {@code power}, 2 to the power of the scale, with {@value #FRACTION_BITS} bits behind the point.
     * In two parts that fit an int, since TornadoVM 5.2.0's OpenCL makes a long of a float by way of an int.
     */
    static long units(float logarithm, float power) {
        float scaled = logarithm * power;
        int whole = (int) scaled;
        int fraction = (int) ((scaled - whole) * FRACTION_ONE);
        return (long) whole * (1L << FRACTION_BITS) + fraction;
    }

    /** 2 to the power of {@code exponent}, from −126 to 126. */
    static float powerOfTwo(int exponent) {
        float power = 1f;
        for (int k = 0; k < exponent; k++) {
            power *= 2f;
        }
        for (int k = 0; k > exponent; k--) {
            power *= 0.5f;
        }
        return power;
    }

    /** The larger absolute value. */
    static float larger(float largest, float logarithm) {
        return TornadoMath.max(largest, TornadoMath.abs(logarithm));
    }
}
