package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The emission probability of a symbol at a frame, relative to that of the row's most likely symbol: e^(score − largest).
 * It is exactly 1 where the score is the largest. What all emissions of a row are to be divided by is kept apart, see
 * {@link Normaliser}: a factor in float32 would be off by the same in every equal row, and a confident model has hundreds
 * of those.
 *
 * <p>An emission is a long: a mantissa in its lower half, which {@link ExtendedLong} multiplies, and the exponent of a
 * power of 2 in its upper half. A GPU loads both at once, and computes one address for them.
 *
 * <p>Score and largest score are each taken multiples of ln 2 off, and e to the power of the difference of the remainders
 * is taken. The multiples of the score are chosen so that this is near 0. The relative error is 1e-7, and 3e-11 for each
 * nat that a score is below the largest, or 6e-8 where those are tens of thousands. Where the largest is beyond
 * ±{@value #SELF_REDUCED}, it is the rounding of their difference to float32.
 */
final class Emission {
    /** The mantissa of 1. */
    static final int ONE = 1 << 30;

    /** The exponent of what cannot be emitted, whose mantissa is 0; {@link ExtendedFloat} says what follows. */
    private static final int IMPOSSIBLE_EXPONENT = ExtendedFloat.EMPTY;

    private static final int EXPONENT_PLACE = 32;

    private static final long LOWER_HALF = 0xFFFF_FFFFL;

    /** What cannot be emitted. */
    static final long IMPOSSIBLE = (long) IMPOSSIBLE_EXPONENT << EXPONENT_PLACE;

    /** The lowest exponent that the emissions of an utterance may add up to. */
    private static final int LOWEST = ExtendedFloat.LOWEST;

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

    // ln 2 in two parts (Cody and Waite 1980). The first has 9 significant bits, so that its product with 15 bits is
    // exact.
    private static final float LN2_HIGH = 355f / 512f;
    private static final float LN2_LOW = -2.1219444e-4f;

    /** Half of ln 2, and a little for the rounding of {@code x · LOG2_E}. */
    private static final float REDUCED_RANGE = 0.36f;

    /** Below it {@code x · LOG2_E} would not fit an int; no emission that counts comes from there anyway. */
    private static final float LOWEST_SCORE = -1e8f;

    private Emission() {}

    /** The emission of a mantissa and an exponent. */
    static long of(int mantissa, int exponent) {
        return ((long) exponent << EXPONENT_PLACE) | (mantissa & LOWER_HALF);
    }

    /** Its mantissa, 0 or from {@link #ONE} to twice that. */
    static int mantissa(long emission) {
        return (int) emission;
    }

    /** Its exponent. */
    static int exponent(long emission) {
        return (int) (emission >>> EXPONENT_PLACE);
    }

    /** Its mantissa as a float, 0 or in [1, 2). */
    static float floatMantissa(long emission) {
        return mantissa(emission) * (1f / ONE);
    }

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

    /** x / ln 2 to the nearest integer, for x of at most {@value #SELF_REDUCED}. */
    static float quotient(float x) {
        return TornadoMath.floor(TornadoMath.max(x, LOWEST_SCORE) * LOG2_E + 0.5f);
    }

    /**
     * x less {@code quotient} times ln 2. It is exact but for the last, small subtraction, wherever the quotient has at most
     * 15 bits or the device multiplies and adds in one step.
     */
    static float remainder(float x, float quotient) {
        // Each is a product to add, because TornadoVM makes a fused multiply-add of that, which fast math leaves alone.
        // Of x − k·LN2_HIGH − k·LN2_LOW it makes x − k·ln 2, which is rounded at the magnitude of x.
        return quotient * -LN2_LOW + (quotient * -LN2_HIGH + x);
    }

    /**
     * What the emission is more than 1, up to the power of 2 that {@link #exponentOf} makes of the quotient: from −0.31 to
     * 0.44, where a float has more bits than it has near 1.
     *
     * @param difference the score's remainder less that of the largest score, where what is taken off the score is what is
     *     taken off the largest and the {@link #quotient} of their difference
     */
    static float excess(float difference) {
        return expm1(TornadoMath.max(-REDUCED_RANGE, TornadoMath.min(REDUCED_RANGE, difference)));
    }

    /** The mantissa of an emission, at least {@link #ONE}: so no state's mantissa falls below 1. */
    static int mantissaOf(float excess) {
        return ONE + (int) (excess < 0f ? (excess + 0.5f) * (2f * ONE) : excess * ONE);
    }

    /**
     * The exponent of an emission, not below {@code lowest}.
     *
     * @param quotient that of the score less the largest score, at most 0
     * @param excess what the emission is more than 1, up to a power of 2
     */
    static int exponentOf(float quotient, float excess, int lowest) {
        int below = excess < 0f ? -1 : 0;
        return TornadoMath.max(lowest, (int) quotient + below);
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
