package io.github.tornadoctc;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * What the scores of a batch, or its gradient, are stored as, in native byte order. Whatever it is, backends compute in
 * float32 or better; a gradient of 16 bits is rounded to the nearest number there is, ties to even.
 */
public enum ScoreType {
    /** IEEE 754 binary32. */
    FLOAT32(Float.BYTES),
    /** IEEE 754 binary16: 5 bits of exponent, 10 of mantissa. Of a gradient, what is below 3e-8 becomes 0. */
    FLOAT16(Short.BYTES),
    /** The upper half of a float32: 8 bits of exponent, 7 of mantissa. */
    BFLOAT16(Short.BYTES);

    private static final int UPPER_HALF = 16;
    private final int bytes;

    ScoreType(int bytes) {
        this.bytes = bytes;
    }

    /** The bytes of a score. */
    public int bytes() {
        return bytes;
    }

    /** The value of an element, exactly; {@code index} counts elements. */
    public float get(MemorySegment segment, long index) {
        return switch (this) {
            case FLOAT32 -> segment.getAtIndex(JAVA_FLOAT, index);
            case FLOAT16 -> Float.float16ToFloat(segment.getAtIndex(JAVA_SHORT, index));
            case BFLOAT16 -> Float.intBitsToFloat(segment.getAtIndex(JAVA_SHORT, index) << UPPER_HALF);
        };
    }

    /** Stores the nearest number to a value; {@code index} counts elements. */
    public void set(MemorySegment segment, long index, float value) {
        switch (this) {
            case FLOAT32 -> segment.setAtIndex(JAVA_FLOAT, index, value);
            case FLOAT16 -> segment.setAtIndex(JAVA_SHORT, index, Float.floatToFloat16(value));
            case BFLOAT16 ->
                segment.setAtIndex(JAVA_SHORT, index, (short) NarrowStretch.toBFloat16(Float.floatToRawIntBits(value)));
        }
    }

    /** Copies elements of this type to float32; indices count elements. */
    public void widen(MemorySegment from, long first, MemorySegment to, long at, long count) {
        if (this == FLOAT32) {
            MemorySegment.copy(from, first * bytes, to, at * bytes, count * bytes);
            return;
        }
        NarrowStretch stretch = NarrowStretch.ofThisThread();
        for (long done = 0; done < count; done += NarrowStretch.LENGTH) {
            int length = (int) Math.min(NarrowStretch.LENGTH, count - done);
            stretch.widen(this, from, (first + done) * bytes, to, (at + done) * Float.BYTES, length);
        }
    }

    /** Copies float32 to elements of this type; indices count elements. */
    public void narrow(MemorySegment from, long first, MemorySegment to, long at, long count) {
        if (this == FLOAT32) {
            MemorySegment.copy(from, first * bytes, to, at * bytes, count * bytes);
            return;
        }
        NarrowStretch stretch = NarrowStretch.ofThisThread();
        for (long done = 0; done < count; done += NarrowStretch.LENGTH) {
            int length = (int) Math.min(NarrowStretch.LENGTH, count - done);
            stretch.narrow(this, from, (first + done) * Float.BYTES, to, (at + done) * bytes, length);
        }
    }
}
