package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The emission probability of a symbol at a frame as an extended float: e^score · rowScale · 2^rowExponent, where
 * {@link RowKernel} has made the last two 1 / Σ e^score for logits.
 */
final class Emission {
    /** Scores at or below this are masked, the same as −∞. */
    private static final float MASKED = -1e30f;

    /** The lowest exponent that the emissions of an utterance may add up to, far above {@link ExtendedFloat#EMPTY}. */
    private static final int LOWEST = -(1 << 28);

    private static final float LOG2_E = 1.442695f;

    // ln 2 in two parts (Cody and Waite 1980). The first has 9 significant bits, so that k·LN2_HIGH is exact for
    // |k| < 2¹⁵.
    private static final float LN2_HIGH = 355f / 512f;
    private static final float LN2_LOW = -2.1219444e-4f;

    /** Half of ln 2, and a little for the rounding of {@code x · LOG2_E}. */
    private static final float REDUCED_RANGE = 0.36f;

    /** Beyond it {@code x · LOG2_E} would not fit an int; no finite sum of emissions comes from there anyway. */
    private static final float LARGEST = 1e8f;

    private Emission() {}

    /** The lowest exponent of one emission in an utterance of that many frames; the highest is its negative. */
    static int lowestExponent(int length) {
        return LOWEST / TornadoMath.max(length, 1);
    }

    /** Whether the symbol can be emitted at all: it is not masked, and the row is valid. */
    static boolean isPossible(float score, int rowExponent) {
        return rowExponent != RowKernel.INVALID && score > MASKED;
    }

    /** The mantissa, in [0.35, 1.42] for logits; 0 if the emission is not possible. */
    static float mantissa(float score, float rowScale, int rowExponent) {
        float mantissa = mantissaOfExp(score, exponentOfExp(score)) * rowScale;
        return isPossible(score, rowExponent) ? mantissa : 0f;
    }

    /** The exponent, kept within {@code lowest} and its negative. */
    static int exponent(float score, int rowExponent, int lowest) {
        int exponent = isPossible(score, rowExponent) ? exponentOfExp(score) + rowExponent : 0;
        return TornadoMath.max(lowest, TornadoMath.min(-lowest, exponent));
    }

    /** The exponent of eˣ: x / ln 2 to the nearest integer. */
    static int exponentOfExp(float x) {
        float within = TornadoMath.max(-LARGEST, TornadoMath.min(LARGEST, x));
        return (int) TornadoMath.floor(within * LOG2_E + 0.5f);
    }

    /**
     * The mantissa of eˣ, in [0.70, 1.42], given its exponent k: e to the power {@code x − k ln 2}. The subtraction is
     * exact but for its last, small part, which is why emissions start from x itself and not from x less some
     * maximum: that difference would be rounded at the magnitude of the maximum.
     *
     * <p>The polynomial is that of {@code expf} in the Cephes library (Moshier 1992), relative error 1e-7.
     */
    static float mantissaOfExp(float x, int k) {
        // These are two products to add, because TornadoVM makes a fused multiply-add of that, which fast math leaves
        // alone. Of x − k·LN2_HIGH − k·LN2_LOW it makes x − k·ln 2, which is rounded at the magnitude of x.
        float r = k * -LN2_LOW + (k * -LN2_HIGH + x);
        r = TornadoMath.max(-REDUCED_RANGE, TornadoMath.min(REDUCED_RANGE, r));
        float p = 1.9875691e-4f;
        p = p * r + 0.0013981999f;
        p = p * r + 0.008333452f;
        p = p * r + 0.041665796f;
        p = p * r + 0.16666666f;
        p = p * r + 0.5f;
        return p * r * r + r + 1f;
    }
}
