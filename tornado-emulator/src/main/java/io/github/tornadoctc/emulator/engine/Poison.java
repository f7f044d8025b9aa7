package io.github.tornadoctc.emulator.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * What memory holds before anything is written to it. A device's holds whatever was there; here it is NaN in every
 * floating-point type and an implausible number in every other, so that reading it shows.
 */
public final class Poison {
    public static final int INT = 0x7FBADBAD;
    public static final float FLOAT = Float.intBitsToFloat(INT);
    public static final long LONG = 0x7FFBADBADBADBADBL;
    public static final double DOUBLE = Double.longBitsToDouble(LONG);
    public static final short SHORT = 0x7BAD;
    public static final short HALF = 0x7DAD;
    public static final short BFLOAT16 = 0x7FAD;
    public static final byte BYTE = (byte) 0xAD;

    private Poison() {}

    /** Fills the elements of an array of this type. */
    public static void fill(Class<?> arrayType, MemorySegment elements) {
        if (arrayType == DoubleArray.class || arrayType == LongArray.class) {
            fill(elements, LONG, Long.BYTES);
        } else if (arrayType == ShortArray.class) {
            fill(elements, SHORT, Short.BYTES);
        } else if (arrayType == HalfFloatArray.class) {
            fill(elements, HALF, Short.BYTES);
        } else if (arrayType == BFloat16Array.class) {
            fill(elements, BFLOAT16, Short.BYTES);
        } else {
            fill(elements, INT, Integer.BYTES);
        }
    }

    private static void fill(MemorySegment elements, long pattern, int patternBytes) {
        long bytes = elements.byteSize();
        if (bytes < patternBytes) {
            elements.fill(BYTE);
            return;
        }
        for (int i = 0; i < patternBytes; i++) {
            elements.set(ValueLayout.JAVA_BYTE, i, (byte) (pattern >>> (8 * i)));
        }
        // Copy what is filled already, twice as much every time.
        for (long filled = patternBytes; filled < bytes; filled *= 2) {
            long more = Math.min(filled, bytes - filled);
            MemorySegment.copy(elements, 0, elements, filled, more);
        }
    }

    /** A new Java array of a local array's type, poisoned. */
    static Object newArray(Class<?> elementType, int size) {
        if (elementType == float.class) {
            float[] array = new float[size];
            Arrays.fill(array, FLOAT);
            return array;
        }
        if (elementType == double.class) {
            double[] array = new double[size];
            Arrays.fill(array, DOUBLE);
            return array;
        }
        if (elementType == int.class) {
            int[] array = new int[size];
            Arrays.fill(array, INT);
            return array;
        }
        if (elementType == long.class) {
            long[] array = new long[size];
            Arrays.fill(array, LONG);
            return array;
        }
        if (elementType == byte.class) {
            byte[] array = new byte[size];
            Arrays.fill(array, BYTE);
            return array;
        }
        HalfFloat[] array = new HalfFloat[size];
        Arrays.fill(array, new HalfFloat(HALF));
        return array;
    }
}
