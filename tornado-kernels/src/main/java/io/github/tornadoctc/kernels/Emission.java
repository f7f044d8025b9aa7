package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The emission probability of a symbol at a frame, relative to that of the row's most likely symbol, as an extended
 * float: e^(score − largest). It is exactly 1 where the score is the largest. What all emissions of a row are to be
 * divided by is kept apart, see {@link Normaliser}: a factor in float32 would be off by the same in every equal row, and
 * a confident model has hundreds of those.
 *
 * <p>Score and largest score are each divided by ln 2, and e to the power of the difference of the remainders is taken.
 * The relative error is 1e-7, and 3e-11 for each nat that a score is below the largest. Where the largest is beyond
 * ±{@value #SELF_REDUCED}, it is the rounding of their difference to float32.
 */
final class Emission {
    /** The exponent beside a mantissa of 0, of what cannot be emitted; {@link ExtendedFloat} says what follows. */
    static final int IMPOSSIBLE_EXPONENT = ExtendedFloat.EMPTY;

    /** The lowest exponent that the emissions of an utterance may add up to. */
    private static final int LOWEST = ExtendedFloat.LOWEST;

    /** The mantissa of 1, an integer, since integers are what {@link ExtendedLong} multiplies. */
    static final int ONE = 1 << 30;

    /** Brings any finite float to less than 4 in absolute value. */
    private static final float SMALLEST_NORMAL = Float.MIN_NORMAL;

    private static final float BELOW_FINITE = -8f;

    /**
     * The largest score that is reduced by itself, beside the score that it is compared with: their difference would be
     * rounded at its own magnitude, and their remainders are exact but for 3e-8. Larger scores are subtracted first, so
     * that an offset common to all of them changes nothing.
     */
    private static final float SELF_REDUCED = 8192f;

    private static final float LOG2_E = 1.442695f;
    private static final float LN2 = 0.6931472f;

    // ln 2 in two parts (Cody and Waite 1980). The first has 9 significant bits, so that its product with 15 bits is
    // exact.
    private static final float LN2_HIGH = 355f / 512f;
    private static final float LN2_LOW = -2.1219444e-4f;

    /** Multiples of ln 2 below this have few enough bits to be taken off at once. */
    private static final int FEW = 1 << 15;

    /** A larger one is taken off in two steps, so many at a time and then the rest, so that each has few bits. */
    private static final int COARSE = 256;

    /** Makes every quotient positive. */
    private static final int FAR_BELOW = 1 << 28;

    /** Half of ln 2, and a little for the rounding of {@code x · LOG2_E}. */
    private static final float REDUCED_RANGE = 0.36f;

    /** Beyond it {@code x · LOG2_E} would not fit an int; no emission that counts comes from there anyway. */
    private static final float LARGEST = 1e8f;

    private Emission() {}

    /** The lowest exponent of one emission in an utterance of that many frames. */
    static int lowestExponent(int length) {
        return LOWEST / TornadoMath.max(length, 1);
    }

    /**
     * Whether the symbol can be emitted at all, which only −∞ cannot. A comparison of floats will not do, since
     * fast-math knows no infinity; nor an int made of one, which TornadoVM 5.2.0's PTX makes 0. So it is made of a float
     * that is below what any finite score is scaled to.
     */
    static boolean isPossible(float score) {
        return (int) TornadoMath.max(score * SMALLEST_NORMAL, BELOW_FINITE) >= -4;
    }

    /** What scores of a row are less of before they are reduced; {@code largest} is the largest of them. */
    static float base(float largest) {
        return TornadoMath.abs(largest) > SELF_REDUCED ? largest : 0f;
    }

    /** x / ln 2 to the nearest integer, for {@code x = score − base}. */
    static int quotient(float x) {
        float within = TornadoMath.max(-LARGEST, TornadoMath.min(LARGEST, x));
        return (int) TornadoMath.floor(within * LOG2_E + 0.5f);
    }

    /** x less k times ln 2, k its {@link #quotient}; the subtractions are exact but for the last, small one. */
    static float remainder(float x, int k) {
        // Each is a product to add, because TornadoVM makes a fused multiply-add of that, which fast math leaves alone.
        // Of x − k·LN2_HIGH − k·LN2_LOW it makes x − k·ln 2, which is rounded at the magnitude of x.
        if (k > -FEW && k < FEW) {
            return k * -LN2_LOW + (k * -LN2_HIGH + x);
        }
        // to the nearest, of a number that is not negative, since TornadoVM 5.2.0 gets the halves of others wrong
        int coarse = (k + FAR_BELOW + COARSE / 2) / COARSE - FAR_BELOW / COARSE;
        int fine = k - coarse * COARSE;
        float r = coarse * (-COARSE * LN2_HIGH) + x;
        r = fine * -LN2_HIGH + r;
        r = k * -LN2_LOW + r;
        return TornadoMath.max(-REDUCED_RANGE, TornadoMath.min(REDUCED_RANGE, r));
    }

    /**
     * What the emission is more than 1, up to the power of 2 that {@link #exponent} makes of the quotients: from −0.31 to
     * 0.44, where a float has more bits than it has near 1.
     *
     * @param difference the score's remainder less that of the largest score
     */
    static float excess(float difference) {
        float up = difference < -REDUCED_RANGE ? LN2 : 0f;
        float down = difference > REDUCED_RANGE ? LN2 : 0f;
        return expm1(difference + (up - down));
    }

    /** The mantissa of an emission, in [1, 2) times {@value #ONE}: so no state's mantissa falls below 1. */
    static int mantissa(float excess) {
        return ONE + (int) (excess < 0f ? (excess + 0.5f) * (2f * ONE) : excess * ONE);
    }

    /** A mantissa as a float, 0 or in [1, 2). */
    static float toFloat(int mantissa) {
        return mantissa * (1f / ONE);
    }

    /**
     * The exponent of an emission, at most 0 and not below {@code lowest}.
     *
     * @param quotients the score's quotient less that of the largest score
     * @param difference as for {@link #excess}
     * @param excess what that has made of it
     */
    static int exponent(int quotients, float difference, float excess, int lowest) {
        int down = difference < -REDUCED_RANGE ? -1 : 0;
        int up = difference > REDUCED_RANGE ? 1 : 0;
        int below = excess < 0f ? -1 : 0;
        return TornadoMath.max(lowest, TornadoMath.min(0, quotients + (down + up) + below));
    }

    /** eʳ − 1 for |r| ≤ 0.37, by the polynomial of {@code expf} in the Cephes library (Moshier 1992). */
    private static float expm1(float r) {
        float p = 1.9875691e-4f;
        p = p * r + 0.0013981999f;
        p = p * r + 0.008333452f;
        p = p * r + 0.041665796f;
        p = p * r + 0.16666666f;
        p = p * r + 0.5f;
        return p * r * r + r;
    }
}
