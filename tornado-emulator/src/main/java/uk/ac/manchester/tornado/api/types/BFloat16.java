package uk.ac.manchester.tornado.api.types;

/**
 * Conversions between float and bfloat16, the upper 16 bits of a float. The value is kept as those bits.
 *
 * <p>Ties are rounded away from zero and −0 becomes +0, as TornadoVM's own Java code does; hardware converters round
 * ties to even.
 */
public final class BFloat16 {
    /** The largest finite value, bits {@code 0x7F7F}. */
    public static final float BF16_MAX = 3.3895314e38f;

    private static final int HALF_UNIT = 0x8000;
    private static final int INFINITY = 0x7F80;
    private static final short QUIET_NAN = 0x7FC0;

    private BFloat16() {}

    /** The value of these bits, exactly. */
    public static float bf16ToFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The bits nearest to {@code value}; too large a magnitude becomes infinite. */
    public static short bf16FromFloat(float value) {
        if (Float.isNaN(value)) {
            return QUIET_NAN;
        }
        int bits = Float.floatToRawIntBits(value);
        int sign = value < 0 ? 0x8000 : 0;
        // A carry out of the mantissa ends up in the exponent, and out of the largest finite value in infinity.
        int magnitude = ((bits & 0x7FFFFFFF) + HALF_UNIT) >>> 16;
        return (short) (sign | Math.min(magnitude, INFINITY));
    }
}
