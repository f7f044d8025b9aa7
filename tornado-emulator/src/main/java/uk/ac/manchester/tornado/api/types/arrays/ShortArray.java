package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.nio.ShortBuffer;

/** Off-heap array of short values, after a header of {@link #ARRAY_HEADER} bytes. A new array holds garbage. */
public final class ShortArray extends TornadoNativeArray {
    private final NativeStorage storage;

    /** An array of {@code numberOfElements} elements with unspecified contents. */
    public ShortArray(int numberOfElements) {
        storage = NativeStorage.allocate(this, numberOfElements, 2);
    }

    private ShortArray(MemorySegment segmentWithHeader) {
        storage = NativeStorage.wrap(this, segmentWithHeader, 2);
    }

    /** A copy of {@code values}. */
    public static ShortArray fromArray(short[] values) {
        return fromSegment(MemorySegment.ofArray(values));
    }

    /** A copy of {@code values}. */
    public static ShortArray fromElements(short... values) {
        return fromArray(values);
    }

    /** A copy of a segment that holds elements only, no header. */
    public static ShortArray fromSegment(MemorySegment segment) {
        ShortArray array = new ShortArray(NativeStorage.elementsIn(segment.byteSize(), 2));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /** A view of {@code segment}, which starts with room for the header; the header is written, nothing is copied. */
    public static ShortArray fromSegmentShallow(MemorySegment segment) {
        return new ShortArray(segment);
    }

    /** A copy of what remains in {@code buffer}. */
    public static ShortArray fromShortBuffer(ShortBuffer buffer) {
        return fromSegment(MemorySegment.ofBuffer(buffer));
    }

    /** Sets every element of {@code array} to {@code value}; usable as a task. */
    public static void initialize(ShortArray array, short value) {
        array.init(value);
    }

    /** A new array with the elements of {@code arrays}, one after the other. */
    public static ShortArray concat(ShortArray... arrays) {
        return fromSegment(NativeStorage.concat(2, arrays));
    }

    /** A copy on the Java heap. */
    public short[] toHeapArray() {
        return getSegment().toArray(JAVA_SHORT);
    }

    public void set(int index, short value) {
        storage.segment.set(JAVA_SHORT, storage.write(index), value);
    }

    public short get(int index) {
        return storage.segment.get(JAVA_SHORT, storage.read(index));
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

    /** Sets every element to {@code value}. */
    public void init(short value) {
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
    public ShortArray slice(int offset, int length) {
        return fromSegment(storage.slice(offset, length));
    }

    @Override
    NativeStorage storage() {
        return storage;
    }
}
