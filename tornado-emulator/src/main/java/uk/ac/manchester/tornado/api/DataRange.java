package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Part of an array to be copied back: {@code size} elements from element {@code offset} on. A size of zero means the
 * whole array, so an offset needs a size.
 */
public class DataRange {
    private final TornadoNativeArray array;
    private long offset;
    private long size;
    private boolean materialized;

    public DataRange(TornadoNativeArray tornadoNativeArray) {
        array = tornadoNativeArray;
    }

    /** Sets the first element. */
    public DataRange withOffset(long offset) {
        this.offset = offset;
        return this;
    }

    /** Sets the number of elements. */
    public DataRange withSize(long size) {
        this.size = size;
        return this;
    }

    /** First byte, counted from the start of the header. Known after {@link #materialize}. */
    public long getOffset() {
        requireMaterialized();
        return TornadoNativeArray.ARRAY_HEADER + offset * array.getElementSize();
    }

    /** Number of bytes. Known after {@link #materialize}. */
    public long getPartialSize() {
        requireMaterialized();
        return bytes();
    }

    /** Checks the range against the array. */
    public void materialize() {
        if (offset * array.getElementSize() + bytes() > array.getNumBytesOfSegment()) {
            throw new TornadoRuntimeException("the range of " + bytes() + " bytes from element " + offset
                    + " on does not fit an array of " + array.getSize() + " elements");
        }
        materialized = true;
    }

    public TornadoNativeArray getArray() {
        return array;
    }

    private long bytes() {
        return size == 0 ? array.getNumBytesOfSegment() : size * array.getElementSize();
    }

    private void requireMaterialized() {
        if (!materialized) {
            throw new TornadoRuntimeException("materialize() comes before the getters of a DataRange");
        }
    }
}
