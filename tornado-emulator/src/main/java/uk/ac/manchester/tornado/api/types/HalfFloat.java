package uk.ac.manchester.tornado.api.types;

import java.util.Locale;

/** An IEEE 754 binary16 value. Arithmetic is done in float and rounded once. */
public class HalfFloat {
    private final short bits;

    /** The half-precision value nearest to {@code halfFloat}, ties to even. */
    public HalfFloat(float halfFloat) {
        bits = Float.floatToFloat16(halfFloat);
    }

    /** The value with these bits. */
    public HalfFloat(short halfFloat) {
        bits = halfFloat;
    }

    public static HalfFloat add(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() + b.getFloat32());
    }

    public static HalfFloat sub(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() - b.getFloat32());
    }

    public static HalfFloat mult(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() * b.getFloat32());
    }

    public static HalfFloat div(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() / b.getFloat32());
    }

    /** The bits. */
    public short getHalfFloatValue() {
        return bits;
    }

    /** The value, exactly. */
    public float getFloat32() {
        return Float.float16ToFloat(bits);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "HalfFloat: %.4f", getFloat32());
    }
}
