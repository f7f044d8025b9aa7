package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.nio.IntBuffer;

/** Off-heap array of int values, after a header of {@link #ARRAY_HEADER} bytes. A new array holds garbage. */
public final class IntArray extends TornadoNativeArray {
    private final NativeStorage storage;

    /** An array of {@code numberOfElements} elements with unspecified contents. */
    public IntArray(int numberOfElements) {
        storage = NativeStorage.allocate(this, numberOfElements, 4);
    }

    private IntArray(MemorySegment segmentWithHeader) {
        storage = NativeStorage.wrap(this, segmentWithHeader, 4);
    }

    /** A copy of {@code values}. */
    public static IntArray fromArray(int[] values) {
        return fromSegment(MemorySegment.ofArray(values));
    }

    /** A copy of {@code values}. */
    public static IntArray fromElements(int... values) {
        return fromArray(values);
    }

    /** A copy of a segment that holds elements only, no header. */
    public static IntArray fromSegment(MemorySegment segment) {
        IntArray array = new IntArray(NativeStorage.elementsIn(segment.byteSize(), 4));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /** A view of {@code segment}, which starts with room for the header; the header is written, nothing is copied. */
    public static IntArray fromSegmentShallow(MemorySegment segment) {
        return new IntArray(segment);
    }

    /** A copy of what remains in {@code buffer}. */
    public static IntArray fromIntBuffer(IntBuffer buffer) {
        return fromSegment(MemorySegment.ofBuffer(buffer));
    }

    /** Sets every element of {@code array} to {@code value}; usable as a task. */
    public static void initialize(IntArray array, int value) {
        array.init(value);
    }

    /** A new array with the elements of {@code arrays}, one after the other. */
    public static IntArray concat(IntArray... arrays) {
        return fromSegment(NativeStorage.concat(4, arrays));
    }

    /** A copy on the Java heap. */
    public int[] toHeapArray() {
        return getSegment().toArray(JAVA_INT);
    }

    public void set(int index, int value) {
        storage.segment.set(JAVA_INT, storage.write(index), value);
    }

    public int get(int index) {
        return storage.segment.get(JAVA_INT, storage.read(index));
    }

    /** Sets every element to zero. */
    @Override
    public void clear() {
        init(0);
    }

    @Override
    public int getElementSize() {
        return 4;
    }

    /** Sets every element to {@code value}. */
    public void init(int value) {
        for (int i = 0; i < storage.size; i++) {
            set(i, value);
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
    public IntArray slice(int offset, int length) {
        return fromSegment(storage.slice(offset, length));
    }

    @Override
    NativeStorage storage() {
        return storage;
    }
}
