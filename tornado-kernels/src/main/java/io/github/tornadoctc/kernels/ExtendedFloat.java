package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Arithmetic of non-negative numbers {@code mantissa · 2^exponent}, a float and an int, on the way from the likelihood to
 * the posteriors; {@link ExtendedLong} is what leads to the likelihood. Products
 * and sums keep a relative error of an ulp, whatever the range, which log-space sums do not: their error is an ulp of the
 * logarithm, and logarithms of path probabilities run into the thousands. Nothing here needs a bit-cast, an infinity or a
 * NaN, none of which a kernel compiled with fast-math can rely on.
 *
 * <p>Why the recursions are right without a check anywhere in between:
 *
 * <ul>
 *   <li><em>A mantissa that is not 0 is at least 1.</em> So it is at the start, of every emission ({@link
 *       Emission#mantissaOf}), of a product of two of them, and of a sum, which takes the mantissa with the larger exponent
 *       as it is and adds to it.
 *   <li><em>It stays below 2²⁸.</em> A frame makes at most three times the largest mantissa of it, and then at most
 *       twice: 2^10.4 in four frames. {@link #renormalise}, at least once in four frames, leaves less than 2¹⁶.
 *   <li><em>What is left out of a sum does not count.</em> An addend {@value #POWERS} − 1 binary places or more below
 *       is taken for 0. It is less than 2^(28−127) of the sum.
 *   <li><em>An exponent is at most 2 a frame</em>, since a mantissa is at least 1 and there are no more than three
 *       paths from a state in a frame, of emissions of at most 1; and not below {@value #LOWEST}, to which the emissions
 *       of an utterance may add up.
 *   <li><em>A 0 hides nothing.</em> Its exponent is that of a number that is not 0 plus {@link #EMPTY}, of an
 *       impossible emission, or less; or {@link #EMPTY}, where there never was one. Up to 2²⁴ frames that is more than 127
 *       below every number that is not 0, and so it counts for nothing beside one.
 *   <li><em>No exponent overflows.</em> Of a 0 it falls by {@code -EMPTY} with each impossible emission. After four of
 *       them it is 5 · EMPTY at the lowest, which is renormalised to EMPTY; two of those lowest, one of α and one of β,
 *       still add up to an int.
 * </ul>
 */
final class ExtendedFloat {
    /** The exponent of 0, and of the emission of what is impossible. */
    static final int EMPTY = -(3 << 26);

    /** The lowest exponent of a number that is not 0, as far as emissions go. */
    static final int LOWEST = -(1 << 27);

    /** 2⁻ᵏ for k below this, the last of them taken for 0. */
    static final int POWERS = 128;

    private static final float RANGE = 65536f;
    private static final float INVERSE_RANGE = 1f / RANGE;
    private static final int RANGE_EXPONENT = 16;

    private ExtendedFloat() {}

    /** 2⁻ᵏ, exactly, for k of 0 to 126; 0 for 127. Fills the table that kernels keep in local memory. */
    static float powerOfHalf(int k) {
        float power = (k & 1) == 0 ? 1f : 0x1p-1f;
        power *= (k & 2) == 0 ? 1f : 0x1p-2f;
        power *= (k & 4) == 0 ? 1f : 0x1p-4f;
        power *= (k & 8) == 0 ? 1f : 0x1p-8f;
        power *= (k & 16) == 0 ? 1f : 0x1p-16f;
        power *= (k & 32) == 0 ? 1f : 0x1p-32f;
        power *= (k & 64) == 0 ? 1f : 0x1p-64f;
        return k >= POWERS - 1 ? 0f : power;
    }

    /** The index into the table of powers of two that brings an exponent up to a larger one, or one that is less by a few. */
    static int shift(int larger, int exponent) {
        return TornadoMath.min(larger - exponent, POWERS - 1);
    }

    /** The index of the power that brings the smaller of two exponents up to the larger. */
    static int distance(int exponent, int other) {
        return shift(TornadoMath.max(exponent, other), TornadoMath.min(exponent, other));
    }

    /**
     * The mantissa of a sum, whose exponent is the larger of the two.
     *
     * @param power 2 to the power of minus their {@link #distance}
     */
    static float sum(float mantissa, int exponent, float other, int otherExponent, float power) {
        float larger = exponent >= otherExponent ? mantissa : other;
        float smaller = exponent >= otherExponent ? other : mantissa;
        return smaller * power + larger;
    }

    /** The mantissa brought back below 2¹⁶, of one below 2³². */
    static float renormalise(float mantissa) {
        return mantissa >= RANGE ? mantissa * INVERSE_RANGE : mantissa;
    }

    /** The exponent that goes with {@link #renormalise}; of 0 {@link #EMPTY} where it has fallen below that. */
    static int renormalise(float mantissa, int exponent) {
        return TornadoMath.max(mantissa >= RANGE ? exponent + RANGE_EXPONENT : exponent, EMPTY);
    }
}
