package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.types.HalfFloat;

/** Off-heap array of half-precision values, after a header of {@link #ARRAY_HEADER} bytes. A new array holds garbage. */
public final class HalfFloatArray extends TornadoNativeArray {
    private final NativeStorage storage;

    /** An array of {@code numberOfElements} elements with unspecified contents. */
    public HalfFloatArray(int numberOfElements) {
        storage = NativeStorage.allocate(this, numberOfElements, 2);
    }

    private HalfFloatArray(MemorySegment segmentWithHeader) {
        storage = NativeStorage.wrap(this, segmentWithHeader, 2);
    }

    /** A copy of {@code values}. */
    public static HalfFloatArray fromArray(HalfFloat[] values) {
        HalfFloatArray array = new HalfFloatArray(values.length);
        for (int i = 0; i < values.length; i++) {
            array.set(i, values[i]);
        }
        return array;
    }

    /** A copy of {@code values}. */
    public static HalfFloatArray fromElements(HalfFloat... values) {
        return fromArray(values);
    }

    /** A copy of a segment that holds elements only, no header. */
    public static HalfFloatArray fromSegment(MemorySegment segment) {
        HalfFloatArray array = new HalfFloatArray(NativeStorage.elementsIn(segment.byteSize(), 2));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /** A view of {@code segment}, which starts with room for the header; the header is written, nothing is copied. */
    public static HalfFloatArray fromSegmentShallow(MemorySegment segment) {
        return new HalfFloatArray(segment);
    }

    /** Sets every element of {@code array} to {@code value}; usable as a task. */
    public static void initialize(HalfFloatArray array, HalfFloat value) {
        array.init(value);
    }

    /** A new array with the elements of {@code arrays}, one after the other. */
    public static HalfFloatArray concat(HalfFloatArray... arrays) {
        return fromSegment(NativeStorage.concat(2, arrays));
    }

    /** A copy on the Java heap. */
    public HalfFloat[] toHeapArray() {
        HalfFloat[] values = new HalfFloat[storage.size];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }

    /** The bits of every element. */
    public short[] toShortArray() {
        return getSegment().toArray(JAVA_SHORT);
    }

    public void set(int index, HalfFloat value) {
        storage.segment.set(JAVA_SHORT, storage.write(index), value.getHalfFloatValue());
    }

    public HalfFloat get(int index) {
        return new HalfFloat(storage.segment.get(JAVA_SHORT, storage.read(index)));
    }

    /** Sets every element to zero. */
    @Override
    public void clear() {
        init(new HalfFloat((short) 0));
    }

    @Override
    public int getElementSize() {
        return 2;
    }

    /** Sets every element to {@code value}. */
    public void init(HalfFloat value) {
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
    public HalfFloatArray slice(int offset, int length) {
        return fromSegment(storage.slice(offset, length));
    }

    @Override
    NativeStorage storage() {
        return storage;
    }
}
