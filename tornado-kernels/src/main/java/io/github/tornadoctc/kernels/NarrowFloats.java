package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * What the bits of a {@link NarrowFloat} mean, inside kernels. By arithmetic alone: TornadoVM has no bit-casts, and half
 * floats only on devices that calculate with them. A number of mantissa bits stands for the format, since a kernel
 * takes no enum. No condition here is made of more than two others: TornadoVM 5.2.0 gets the negation of such a one wrong.
 */
final class NarrowFloats {
    private static final int SIGN = 1 << 15;

    /** Twice as large as 2¹²⁷, the largest power of two, and so infinite. */
    private static final int INFINITE = 128;

    /** Steps of 16 on the way to a small exponent, then single ones. */
    private static final int STEP_EXPONENT = 16;

    private static final float STEP = 65536f;

    private NarrowFloats() {}

    /**
     * The value, exactly; of a bfloat16 below 2⁻¹²⁶ what the device makes of a subnormal number. NaN becomes +∞, which
     * a kernel compiled with fast-math can still tell from other scores, and which CTC treats alike.
     */
    static float decode(short bits, int mantissaBits) {
        int unit = 1 << mantissaBits;
        int bias = (SIGN / 2 / unit) - 1;
        // Nothing here may become an arithmetic shift of a negative number, because TornadoVM 5.2.0's PTX shifts in
        // zeros; a choice between two other ints by the sign does become one. Nor may anything become an unsigned
        // number, for which its OpenCL has no maximum.
        int sign = bits < 0 ? 1 : 0;
        int magnitude = bits + sign * SIGN;
        int field = magnitude / unit;
        int fraction = magnitude - field * unit;
        int exponent = TornadoMath.max(field, 1) - bias;
        if (field > 2 * bias) {
            exponent = INFINITE;
            if (fraction > 0) {
                sign = 0;
            }
        }
        float mantissa = (float) (field == 0 ? fraction : fraction + unit) / unit;
        float value = mantissa * powerOfTwo(exponent);
        return sign == 1 ? -value : value;
    }

    /**
     * The bits nearest to a value below 2 in magnitude, as every gradient of CTC is, ties to even; no bits of −0.
     */
    static short encode(float value, int mantissaBits) {
        int unit = 1 << mantissaBits;
        int lowest = 2 - SIGN / 2 / unit;
        float mantissa = value < 0f ? -value : value;
        int exponent = 0;
        while (mantissa > 0f && mantissa < 2f / STEP && exponent - STEP_EXPONENT >= lowest) {
            mantissa *= STEP;
            exponent -= STEP_EXPONENT;
        }
        while (mantissa > 0f && mantissa < 1f && exponent > lowest) {
            mantissa *= 2f;
            exponent--;
        }
        float scaled = mantissa * unit;
        int units = (int) scaled;
        float rest = scaled - units;
        int up = rest > 0.5f ? 1 : 0;
        if (rest == 0.5f) {
            up = units % 2;
        }
        // a normal number's first unit is the one that raises the exponent's field from 0, or carries into it
        int bits = (units == 0 ? 0 : (exponent - lowest) * unit) + units + up;
        return (short) (value < 0f && bits > 0 ? bits - SIGN : bits);
    }

    /** 2 to the power of {@code exponent}, from −126 to 128. */
    private static float powerOfTwo(int exponent) {
        float power = 1f;
        float square = exponent < 0 ? 0.5f : 2f;
        int left = exponent < 0 ? -exponent : exponent;
        while (left > 0) {
            if (left % 2 == 1) {
                power *= square;
            }
            square *= square;
            left /= 2;
        }
        return power;
    }
}
