package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What the off-heap arrays have in common: a header, then the elements. */
public abstract sealed class TornadoNativeArray
        permits BFloat16Array, ByteArray, DoubleArray, FloatArray, HalfFloatArray, IntArray, LongArray, ShortArray {

    /**
     * Bytes before the first element: as long as the header of a Java array, so that a device sees both alike. The
     * property {@code tornado.panama.objectHeader} says otherwise.
     */
    public static final long ARRAY_HEADER = headerSize();

    public TornadoNativeArray() {}

    private static long headerSize() {
        String configured = System.getProperty("tornado.panama.objectHeader");
        if (configured != null) {
            return Long.parseLong(configured);
        }
        List<String> jvmArguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
        boolean wide = jvmArguments.contains("-XX:-UseCompressedOops")
                || jvmArguments.contains("-XX:-UseCompressedClassPointers");
        return wide ? 24 : 16;
    }

    /** Number of elements. */
    public abstract int getSize();

    /** The elements, without the header. */
    public abstract MemorySegment getSegment();

    /** Header and elements. */
    public abstract MemorySegment getSegmentWithHeader();

    public abstract long getNumBytesOfSegmentWithHeader();

    /** Bytes of the elements alone. */
    public abstract long getNumBytesOfSegment();

    /** Sets every element to zero. */
    protected void clear() {}

    /** Bytes of one element. */
    public abstract int getElementSize();

    abstract NativeStorage storage();
}
