package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import uk.ac.manchester.tornado.api.types.HalfFloat;

/** Off-heap array of byte values, after a header of {@link #ARRAY_HEADER} bytes. A new array holds garbage. */
public final class ByteArray extends TornadoNativeArray {
    private final NativeStorage storage;

    /** An array of {@code numberOfElements} elements with unspecified contents. */
    public ByteArray(int numberOfElements) {
        storage = NativeStorage.allocate(this, numberOfElements, 1);
    }

    private ByteArray(MemorySegment segmentWithHeader) {
        storage = NativeStorage.wrap(this, segmentWithHeader, 1);
    }

    /** A copy of {@code values}. */
    public static ByteArray fromArray(byte[] values) {
        return fromSegment(MemorySegment.ofArray(values));
    }

    /** A copy of {@code values}. */
    public static ByteArray fromElements(byte... values) {
        return fromArray(values);
    }

    /** A copy of a segment that holds elements only, no header. */
    public static ByteArray fromSegment(MemorySegment segment) {
        ByteArray array = new ByteArray(NativeStorage.elementsIn(segment.byteSize(), 1));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /** A view of {@code segment}, which starts with room for the header; the header is written, nothing is copied. */
    public static ByteArray fromSegmentShallow(MemorySegment segment) {
        return new ByteArray(segment);
    }

    /** A copy of what remains in {@code buffer}. */
    public static ByteArray fromByteBuffer(ByteBuffer buffer) {
        return fromSegment(MemorySegment.ofBuffer(buffer));
    }

    /** Sets every element of {@code array} to {@code value}; usable as a task. */
    public static void initialize(ByteArray array, byte value) {
        array.init(value);
    }

    /** A new array with the elements of {@code arrays}, one after the other. */
    public static ByteArray concat(ByteArray... arrays) {
        return fromSegment(NativeStorage.concat(1, arrays));
    }

    /** A copy on the Java heap. */
    public byte[] toHeapArray() {
        return getSegment().toArray(JAVA_BYTE);
    }

    public void set(int index, byte value) {
        storage.segment.set(JAVA_BYTE, storage.write(index), value);
    }

    public byte get(int index) {
        return storage.segment.get(JAVA_BYTE, storage.read(index));
    }

    /** Stores a half-precision value at the byte offset {@code byteIndex}, which must be even. */
    public void setHalfFloat(int byteIndex, HalfFloat value) {
        requireEven(byteIndex);
        storage.write(byteIndex + 1);
        storage.segment.set(JAVA_SHORT, storage.write(byteIndex), value.getHalfFloatValue());
    }

    /** The half-precision value at the byte offset {@code byteIndex}, which must be even. */
    public HalfFloat getHalfFloat(int byteIndex) {
        requireEven(byteIndex);
        storage.read(byteIndex + 1);
        return new HalfFloat(storage.segment.get(JAVA_SHORT, storage.read(byteIndex)));
    }

    private static void requireEven(int byteIndex) {
        if (byteIndex % 2 != 0) {
            throw new IllegalArgumentException("a half float needs an even byte index, not " + byteIndex);
        }
    }

    /** Sets every element to zero. */
    @Override
    public void clear() {
        init((byte) 0);
    }

    @Override
    public int getElementSize() {
        return 1;
    }

    /** Sets every element to {@code value}. */
    public void init(byte value) {
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
    public ByteArray slice(int offset, int length) {
        return fromSegment(storage.slice(offset, length));
    }

    @Override
    NativeStorage storage() {
        return storage;
    }
}
