package io.github.tornadoctc;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Converts a few elements between float32 and 16 bits by way of arrays, over which the JVM makes vectors of these loops. Over
 * segments it does not (Temurin 25), and then they take four times as long, copies to and from the arrays included.
 */
final class NarrowStretch {
    /** The most elements at a time: what they take stays in the first-level cache. */
    static final int LENGTH = 1024;

    private static final int UPPER_HALF = 16;
    /** Of what is cut off of a float32, the largest that is rounded down. */
    private static final int HALF_OF_LOWEST = 0x7fff;
    /** A bit that makes a NaN of a NaN's upper half. */
    private static final int QUIET = 1 << (UPPER_HALF + 6);

    private static final int INFINITE = 0x7f800000;

    private static final ThreadLocal<NarrowStretch> OF_THREAD = ThreadLocal.withInitial(NarrowStretch::new);

    private final short[] shorts = new short[LENGTH];
    private final float[] floats = new float[LENGTH];
    private final int[] ints = new int[LENGTH];

    private NarrowStretch() {}

    static NarrowStretch ofThisThread() {
        return OF_THREAD.get();
    }

    /** Widens {@code length} elements; offsets are in bytes. */
    void widen(ScoreType type, MemorySegment from, long first, MemorySegment to, long at, int length) {
        MemorySegment.copy(from, JAVA_SHORT_UNALIGNED, first, shorts, 0, length);
        if (type == ScoreType.FLOAT16) {
            widenFloat16(shorts, floats, length);
            MemorySegment.copy(floats, 0, to, JAVA_FLOAT_UNALIGNED, at, length);
        } else {
            widenBFloat16(shorts, ints, length);
            MemorySegment.copy(ints, 0, to, JAVA_INT_UNALIGNED, at, length);
        }
    }

    /** Narrows {@code length} elements; offsets are in bytes. */
    void narrow(ScoreType type, MemorySegment from, long first, MemorySegment to, long at, int length) {
        if (type == ScoreType.FLOAT16) {
            MemorySegment.copy(from, JAVA_FLOAT_UNALIGNED, first, floats, 0, length);
            narrowFloat16(floats, shorts, length);
        } else {
            MemorySegment.copy(from, JAVA_INT_UNALIGNED, first, ints, 0, length);
            roundToBFloat16(ints, length);
            takeLowerHalves(ints, shorts, length);
        }
        MemorySegment.copy(shorts, 0, to, JAVA_SHORT_UNALIGNED, at, length);
    }

    // a loop to a method: what a compiler has to tell of one array and another is then no more than two parameters

    private static void widenFloat16(short[] from, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = Float.float16ToFloat(from[i]);
        }
    }

    private static void widenBFloat16(short[] from, int[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = from[i] << UPPER_HALF;
        }
    }

    private static void narrowFloat16(float[] from, short[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = Float.floatToFloat16(from[i]);
        }
    }

    private static void roundToBFloat16(int[] values, int length) {
        for (int i = 0; i < length; i++) {
            values[i] = toBFloat16(values[i]);
        }
    }

    private static void takeLowerHalves(int[] from, short[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = (short) from[i];
        }
    }

    /** In the lower half the bfloat16 nearest to the float32 of these bits, ties to even; of a NaN a NaN. No branch. */
    static int toBFloat16(int bits) {
        // all ones of a NaN, which rounding might carry into the sign
        int nan = (INFINITE - (bits & Integer.MAX_VALUE)) >> 31;
        int odd = (bits >> UPPER_HALF) & 1;
        return ((bits + ((HALF_OF_LOWEST + odd) & ~nan)) | (QUIET & nan)) >> UPPER_HALF;
    }
}
