package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.nio.DoubleBuffer;

/** Off-heap array of double values, after a header of {@link #ARRAY_HEADER} bytes. A new array holds garbage. */
public final class DoubleArray extends TornadoNativeArray {
    private final NativeStorage storage;

    /** An array of {@code numberOfElements} elements with unspecified contents. */
    public DoubleArray(int numberOfElements) {
        storage = NativeStorage.allocate(this, numberOfElements, 8);
    }

    private DoubleArray(MemorySegment segmentWithHeader) {
        storage = NativeStorage.wrap(this, segmentWithHeader, 8);
    }

    /** A copy of {@code values}. */
    public static DoubleArray fromArray(double[] values) {
        return fromSegment(MemorySegment.ofArray(values));
    }

    /** A copy of {@code values}. */
    public static DoubleArray fromElements(double... values) {
        return fromArray(values);
    }

    /** A copy of a segment that holds elements only, no header. */
    public static DoubleArray fromSegment(MemorySegment segment) {
        DoubleArray array = new DoubleArray(NativeStorage.elementsIn(segment.byteSize(), 8));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /** A view of {@code segment}, which starts with room for the header; the header is written, nothing is copied. */
    public static DoubleArray fromSegmentShallow(MemorySegment segment) {
        return new DoubleArray(segment);
    }

    /** A copy of what remains in {@code buffer}. */
    public static DoubleArray fromDoubleBuffer(DoubleBuffer buffer) {
        return fromSegment(MemorySegment.ofBuffer(buffer));
    }

    /** Sets every element of {@code array} to {@code value}; usable as a task. */
    public static void initialize(DoubleArray array, double value) {
        array.init(value);
    }

    /** A new array with the elements of {@code arrays}, one after the other. */
    public static DoubleArray concat(DoubleArray... arrays) {
        return fromSegment(NativeStorage.concat(8, arrays));
    }

    /** A copy on the Java heap. */
    public double[] toHeapArray() {
        return getSegment().toArray(JAVA_DOUBLE);
    }

    public void set(int index, double value) {
        storage.segment.set(JAVA_DOUBLE, storage.write(index), value);
    }

    public double get(int index) {
        return storage.segment.get(JAVA_DOUBLE, storage.read(index));
    }

    /** Sets every element to zero. */
    @Override
    public void clear() {
        init(0d);
    }

    @Override
    public int getElementSize() {
        return 8;
    }

    /** Sets every element to {@code value}. */
    public void init(double value) {
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
    public DoubleArray slice(int offset, int length) {
        return fromSegment(storage.slice(offset, length));
    }

    @Override
    NativeStorage storage() {
        return storage;
    }
}
