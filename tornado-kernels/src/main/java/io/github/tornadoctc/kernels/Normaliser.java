package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * What a row's emissions, which are relative to its most likely symbol, have to be multiplied by: its logarithm in
 * float32, and the sum of all frames' logarithms in 64 bits. A likelihood is the product of the one that the recursions
 * find and of e to that sum.
 *
 * <p>The sum is of integers, in units that are chosen for the utterance so that the largest logarithm takes nearly all
 * of the 63 bits: nothing is rounded, whatever the order of the frames, and fast-math has nothing to reorder.
 */
final class Normaliser {
    /** Bits that a sum may take; one less than there are, and one for the rounding of the estimates. */
    private static final int BITS = 61;

    /** So that 2 to the power of the scale is a normal float, and so is one over it. */
    private static final int MOST_SCALE = 100;

    private static final float LN2 = 0.6931472f;
    private static final float SQRT2 = 1.4142135f;

    private Normaliser() {}

    /**
     * −ln (ones + rest), for a row's sum of e^(score − largest) with its largest terms counted apart: the relative error
     * is 2e-7 even where there is one of them and {@code rest} is small.
     *
     * @param ones how many terms are 1, at least 1
     * @param rest the sum of the others
     */
    static float ofSum(float ones, float rest) {
        float f = ones + rest;
        int k = 0;
        while (f > SQRT2) {
            f *= 0.5f;
            k++;
        }
        // where nothing was halved, the sum less 1 is known better than the sum
        float x = k == 0 ? (ones - 1f) + rest : f - 1f;
        return -(log1p(x) + k * LN2);
    }

    /** ln (1 + x) for x in [−0.30, 0.42], by the polynomial of {@code logf} in the Cephes library (Moshier 1992). */
    private static float log1p(float x) {
        float p = 7.0376836292e-2f;
        p = p * x - 1.1514610310e-1f;
        p = p * x + 1.1676998740e-1f;
        p = p * x - 1.2420140846e-1f;
        p = p * x + 1.4249322787e-1f;
        p = p * x - 1.6668057665e-1f;
        p = p * x + 2.0000714765e-1f;
        p = p * x - 2.4999993993e-1f;
        p = p * x + 3.3333331174e-1f;
        return x - x * x * (0.5f - x * p);
    }

    /**
     * The scale of an utterance's sum: its unit is 2 to the power of minus this.
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

    /** A logarithm in units of its utterance's sum; {@code unitsPerNat} is {@link #powerOfTwo} of the scale. */
    static long units(float logarithm, float unitsPerNat) {
        return (long) (logarithm * unitsPerNat);
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
