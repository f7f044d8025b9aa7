package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;

/** Off-heap array of float values, after a header of {@link #ARRAY_HEADER} bytes. A new array holds garbage. */
public final class FloatArray extends TornadoNativeArray {
    private final NativeStorage storage;

    /** An array of {@code numberOfElements} elements with unspecified contents. */
    public FloatArray(int numberOfElements) {
        storage = NativeStorage.allocate(this, numberOfElements, 4);
    }

    private FloatArray(MemorySegment segmentWithHeader) {
        storage = NativeStorage.wrap(this, segmentWithHeader, 4);
    }

    /** A copy of {@code values}. */
    public static FloatArray fromArray(float[] values) {
        return fromSegment(MemorySegment.ofArray(values));
    }

    /** A copy of {@code values}. */
    public static FloatArray fromElements(float... values) {
        return fromArray(values);
    }

    /** A copy of a segment that holds elements only, no header. */
    public static FloatArray fromSegment(MemorySegment segment) {
        FloatArray array = new FloatArray(NativeStorage.elementsIn(segment.byteSize(), 4));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /** A view of {@code segment}, which starts with room for the header; the header is written, nothing is copied. */
    public static FloatArray fromSegmentShallow(MemorySegment segment) {
        return new FloatArray(segment);
    }

    /** A copy of what remains in {@code buffer}. */
    public static FloatArray fromFloatBuffer(FloatBuffer buffer) {
        return fromSegment(MemorySegment.ofBuffer(buffer));
    }

    /** Sets every element of {@code array} to {@code value}; usable as a task. */
    public static void initialize(FloatArray array, float value) {
        array.init(value);
    }

    /** A new array with the elements of {@code arrays}, one after the other. */
    public static FloatArray concat(FloatArray... arrays) {
        return fromSegment(NativeStorage.concat(4, arrays));
    }

    /** A copy on the Java heap. */
    public float[] toHeapArray() {
        return getSegment().toArray(JAVA_FLOAT);
    }

    public void set(int index, float value) {
        storage.segment.set(JAVA_FLOAT, storage.write(index), value);
    }

    public float get(int index) {
        return storage.segment.get(JAVA_FLOAT, storage.read(index));
    }

    /** Sets every element to zero. */
    @Override
    public void clear() {
        init(0f);
    }

    @Override
    public int getElementSize() {
        return 4;
    }

    /** Sets every element to {@code value}. */
    public void init(float value) {
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
    public FloatArray slice(int offset, int length) {
        return fromSegment(storage.slice(offset, length));
    }

    @Override
    NativeStorage storage() {
        return storage;
    }
}
