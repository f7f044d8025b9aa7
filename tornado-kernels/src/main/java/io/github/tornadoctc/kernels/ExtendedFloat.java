package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Arithmetic of non-negative numbers {@code mantissa · 2^exponent}, a float and an int, inside kernels. Products and
 * sums keep a relative error of an ulp, whatever the range, which log-space sums do not: their error is an ulp of the
 * logarithm, and logarithms of path probabilities run into the thousands.
 *
 * <p>Nothing here needs a bit-cast, an infinity or a NaN, none of which a kernel compiled with fast-math can rely on.
 */
final class ExtendedFloat {
    /**
     * The exponent of zero: so far below any other that aligning with it leaves nothing, and small enough that two of
     * them add up without overflow.
     */
    static final int EMPTY = -(1 << 29);

    /** 2⁻ᵏ for k below this; from 127 on it is 0, since a float's mantissa has long lost what is that far below. */
    static final int POWERS = 128;

    /** Mantissas are kept between 1 / 2¹⁶ and 2¹⁶. */
    private static final float STEP = 65536f;

    private static final float INVERSE_STEP = 1f / STEP;
    private static final int STEP_EXPONENT = 16;

    private ExtendedFloat() {}

    /** 2⁻ᵏ, exactly; 0 for k of 127 and more. Fills the table that kernels keep in local memory. */
    static float powerOfHalf(int k) {
        float power = 1f;
        float square = 0.5f;
        for (int bits = k; bits > 0; bits /= 2) {
            power *= bits % 2 == 1 ? square : 1f;
            square *= square;
        }
        return k >= POWERS - 1 ? 0f : power;
    }

    /** The index into the table of powers of two that brings an exponent up to a larger one. */
    static int shift(int larger, int exponent) {
        return TornadoMath.min(larger - exponent, POWERS - 1);
    }

    /**
     * The mantissa brought back near 1, by one step at most: a frame of the recursion changes a mantissa by less than
     * that.
     */
    static float normalise(float mantissa) {
        if (mantissa < INVERSE_STEP) {
            return mantissa * STEP;
        }
        return mantissa > STEP ? mantissa * INVERSE_STEP : mantissa;
    }

    /** The exponent that goes with {@link #normalise}; {@link #EMPTY} for zero. */
    static int normalise(float mantissa, int exponent) {
        if (mantissa < INVERSE_STEP) {
            return mantissa > 0f ? exponent - STEP_EXPONENT : EMPTY;
        }
        return mantissa > STEP ? exponent + STEP_EXPONENT : exponent;
    }
}
