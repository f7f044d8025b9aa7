package io.github.tornadoctc.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Puts elements that come in Fortran order, the first axis running fastest, to where C order has them. */
final class FortranOrder implements NpyFile.Elements {
    private final MemorySegment data;
    private final int bytes;
    private final int[] shape;
    /** How many bytes one step along each axis is. */
    private final long[] strides;

    private final int[] indices;
    private long offset;

    FortranOrder(NpyArray array) {
        this.data = array.data();
        this.bytes = array.type().bytes();
        this.shape = array.shape();
        this.strides = new long[shape.length];
        this.indices = new int[shape.length];
        long stride = bytes;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
    }

    @Override
    public void put(byte[] chunk, long at, int length) {
        for (int from = 0; from + bytes <= length; from += bytes) {
            MemorySegment.copy(chunk, from, data, ValueLayout.JAVA_BYTE, offset, bytes);
            advance();
        }
    }

    private void advance() {
        for (int axis = 0; axis < shape.length; axis++) {
            indices[axis]++;
            offset += strides[axis];
            if (indices[axis] < shape[axis]) {
                return;
            }
            indices[axis] = 0;
            offset -= strides[axis] * shape[axis];
        }
    }
}
