package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.types.BFloat16;

/** Off-heap array of bfloat16 values, after a header of {@link #ARRAY_HEADER} bytes. A new array holds garbage. */
public final class BFloat16Array extends TornadoNativeArray {
    private final NativeStorage storage;

    /** An array of {@code numberOfElements} elements with unspecified contents. */
    public BFloat16Array(int numberOfElements) {
        storage = NativeStorage.allocate(this, numberOfElements, 2);
    }

    private BFloat16Array(MemorySegment segmentWithHeader) {
        storage = NativeStorage.wrap(this, segmentWithHeader, 2);
    }

    /** An array of values given by their bits. */
    public static BFloat16Array fromShorts(short... bits) {
        return fromSegment(MemorySegment.ofArray(bits));
    }

    /** An array of {@code values}, each rounded to a bfloat16. */
    public static BFloat16Array fromFloats(float... values) {
        BFloat16Array array = new BFloat16Array(values.length);
        for (int i = 0; i < values.length; i++) {
            array.setFloat(i, values[i]);
        }
        return array;
    }

    /** A copy of a segment that holds elements only, no header. */
    public static BFloat16Array fromSegment(MemorySegment segment) {
        BFloat16Array array = new BFloat16Array(NativeStorage.elementsIn(segment.byteSize(), 2));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /** A view of {@code segment}, which starts with room for the header; the header is written, nothing is copied. */
    public static BFloat16Array fromSegmentShallow(MemorySegment segment) {
        return new BFloat16Array(segment);
    }

    /** Sets every element of {@code array} to the value of {@code bits}; usable as a task. */
    public static void initialize(BFloat16Array array, short bits) {
        array.init(bits);
    }

    /** A new array with the elements of {@code arrays}, one after the other. */
    public static BFloat16Array concat(BFloat16Array... arrays) {
        return fromSegment(NativeStorage.concat(2, arrays));
    }

    /** The bits of every element, on the Java heap. */
    public short[] toShortArray() {
        return getSegment().toArray(JAVA_SHORT);
    }

    /** Stores bits. */
    public void set(int index, short bits) {
        storage.segment.set(JAVA_SHORT, storage.write(index), bits);
    }

    /** The bits of one element. */
    public short get(int index) {
        return storage.segment.get(JAVA_SHORT, storage.read(index));
    }

    /** Rounds {@code value} and stores it. */
    public void setFloat(int index, float value) {
        set(index, BFloat16.bf16FromFloat(value));
    }

    /** The value of one element. */
    public float getFloat(int index) {
        return BFloat16.bf16ToFloat(get(index));
    }

    /** Sets every element to zero. */
    @Override
    public void clear() {
        init((short) 0);
    }

    @Override
    public int getElementSize() {
        return 2;
    }

    /** Sets every element to the value of {@code bits}. */
    public void init(short bits) {
        for (int i = 0; i < storage.size; i++) {
            set(i, bits);
        }
    }

    @Override
    public int getSize() {
        return storage.size;
    }

    @Override
    public MemorySegment getSegment() {
        return storage.elements();
    }

    @Override
    public MemorySegment getSegmentWithHeader() {
        return storage.segment;
    }

    @Override
    public long getNumBytesOfSegmentWithHeader() {
        return storage.segment.byteSize();
    }

    @Override
    public long getNumBytesOfSegment() {
        return storage.segment.byteSize() - ARRAY_HEADER;
    }

    /** A copy of {@code length} elements from {@code offset} on. */
    public BFloat16Array slice(int offset, int length) {
        return fromSegment(storage.slice(offset, length));
    }

    @Override
    NativeStorage storage() {
        return storage;
    }
}
