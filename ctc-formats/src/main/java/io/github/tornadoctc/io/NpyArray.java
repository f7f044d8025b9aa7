package io.github.tornadoctc.io;

import io.github.tornadoctc.ScoreType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** A NumPy array in C order: element type, shape, and the elements, in native byte order. */
public final class NpyArray {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final NpyType type;
    private final int[] shape;
    private final int size;
    private final MemorySegment data;

    private NpyArray(NpyType type, MemorySegment data, int... shape) {
        this.type = type;
        this.shape = shape.clone();
        this.size = Math.toIntExact(elements(shape));
        this.data = data;
        if (data.byteSize() != (long) size * type.bytes()) {
            throw new IllegalArgumentException("data has %d bytes, but %s of shape %s takes %d"
                    .formatted(data.byteSize(), type, Arrays.toString(shape), (long) size * type.bytes()));
        }
    }

    /**
     * An array over the caller's memory, without copying.
     *
     * @param data the elements in C order, in native byte order
     * @param shape the length of each axis; none for a scalar
     */
    public static NpyArray of(NpyType type, MemorySegment data, int... shape) {
        return new NpyArray(type, data, shape);
    }

    /**
     * An array of elements that come from elsewhere in little endian, such as those of a column. They are not copied if
     * that is this machine's order.
     *
     * @param data the elements in C order
     * @param shape the length of each axis
     * @throws IllegalArgumentException if there are more bytes or fewer
     */
    public static NpyArray ofLittleEndian(NpyType type, MemorySegment data, int... shape) {
        NpyArray array = of(type, data, shape);
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            return array;
        }
        byte[] swapped = data.toArray(ValueLayout.JAVA_BYTE);
        NpyFile.reorder(swapped, swapped.length, type.bytes(), ByteOrder.LITTLE_ENDIAN, ByteOrder.nativeOrder());
        return of(type, MemorySegment.ofArray(swapped), shape);
    }

    /** An int32 array, copied off-heap. */
    public static NpyArray ofInts(int[] values, int... shape) {
        NpyArray array = allocate(NpyType.INT32, shape);
        MemorySegment.copy(values, 0, array.data, INT, 0, array.size);
        return array;
    }

    /** A float32 array, copied off-heap. */
    static NpyArray ofFloats(float[] values, int... shape) {
        NpyArray array = allocate(NpyType.FLOAT32, shape);
        MemorySegment.copy(values, 0, array.data, FLOAT, 0, array.size);
        return array;
    }

    /** Room for an array, off-heap, aligned for any vector load, freed when unreachable. */
    static NpyArray allocate(NpyType type, int... shape) {
        MemorySegment data = Arena.ofAuto().allocate(elements(shape) * type.bytes(), 64);
        return new NpyArray(type, data, shape);
    }

    /**
     * The number of elements of an array of that shape.
     *
     * @throws ArithmeticException if there are more than {@link Integer#MAX_VALUE}
     */
    static long elements(int... shape) {
        for (int length : shape) {
            if (length == 0) {
                return 0;
            }
        }
        int product = 1;
        for (int length : shape) {
            product = Math.multiplyExact(product, length);
        }
        return product;
    }

    /** The element type. */
    public NpyType type() {
        return type;
    }

    /** The number of axes; 0 for a scalar. */
    public int rank() {
        return shape.length;
    }

    /** The length of an axis. */
    public int length(int axis) {
        return shape[axis];
    }

    /** The length of each axis, in a new array. */
    public int[] shape() {
        return shape.clone();
    }

    /** The number of elements. */
    public int size() {
        return size;
    }

    /** The elements in C order, in native byte order. */
    public MemorySegment data() {
        return data;
    }

    /**
     * Element i in C order, of an array of integers or of booleans, which are 0 and 1; one of {@link NpyType#UINT64} past
     * the largest long is negative.
     *
     * @throws IllegalStateException if it is of neither
     */
    public long longAt(int i) {
        return switch (type) {
            case INT8 -> data.get(ValueLayout.JAVA_BYTE, i);
            case UINT8, BOOL -> Byte.toUnsignedLong(data.get(ValueLayout.JAVA_BYTE, i));
            case INT16 -> data.getAtIndex(SHORT, i);
            case UINT16 -> Short.toUnsignedLong(data.getAtIndex(SHORT, i));
            case INT32 -> data.getAtIndex(INT, i);
            case UINT32 -> Integer.toUnsignedLong(data.getAtIndex(INT, i));
            case INT64, UINT64 -> data.getAtIndex(LONG, i);
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 ->
                throw new IllegalStateException("array is of " + type + ", not of integers");
        };
    }

    /** Element i in C order. */
    public double doubleAt(int i) {
        return switch (type) {
            case FLOAT16 -> Float.float16ToFloat(data.getAtIndex(SHORT, i));
            case BFLOAT16 -> Float.intBitsToFloat(data.getAtIndex(SHORT, i) << Short.SIZE);
            case FLOAT32 -> data.getAtIndex(FLOAT, i);
            case FLOAT64 -> data.getAtIndex(DOUBLE, i);
            case UINT64 -> unsigned(longAt(i));
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, BOOL -> longAt(i);
        };
    }

    private static double unsigned(long value) {
        // a halved value has one bit less; the one that is cut off cannot change the rounding of those from 2^63 on
        return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
    }

    /**
     * Copies all elements as float32, in C order: 16 bits are widened, exactly; beyond the range of float32 becomes
     * infinite, as NumPy has it: a masked symbol, or a score that is not finite.
     *
     * @param floats where to, at least four bytes for each element, in native byte order
     */
    public void copyTo(MemorySegment floats) {
        Optional<ScoreType> known = type.scoreType();
        if (known.isPresent()) {
            known.get().widen(data, 0, floats, 0, size);
            return;
        }
        for (int i = 0; i < size; i++) {
            floats.setAtIndex(FLOAT, i, (float) doubleAt(i));
        }
    }

    /** All elements in C order as doubles. */
    public double[] doubles() {
        double[] values = new double[size];
        Arrays.setAll(values, this::doubleAt);
        return values;
    }

    /** The shape as NumPy writes it, such as {@code (3, 4)}, {@code (3,)} or {@code ()}. */
    String shapeText() {
        return NpyHeader.shapeText(shape);
    }
}
