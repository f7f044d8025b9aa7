package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring utterances of a batch, {@code first} to {@code first + size}, computed in one execution: all of them,
 * or as many as a device has memory for. On the device a part is a batch of its own, in the layout of the whole.
 */
record BatchPart(CtcBatch batch, int first, int size) {

    /** The whole batch. */
    static BatchPart all(CtcBatch batch) {
        return new BatchPart(batch, 0, batch.batchSize());
    }

    /** That many parts, whose sizes differ by at most one. */
    static List<BatchPart> split(CtcBatch batch, int parts) {
        List<BatchPart> all = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int first = (int) ((long) batch.batchSize() * part / parts);
            int end = (int) ((long) batch.batchSize() * (part + 1) / parts);
            all.add(new BatchPart(batch, first, end - first));
        }
        return all;
    }

    /** Floats of the part's scores. */
    long scores() {
        return (long) batch.timeSteps() * size * batch.symbols();
    }

    /** Copies the part's scores to the front of {@code packed}. */
    void pack(MemorySegment packed) {
        copy(batch.scores(), packed, true);
    }

    /** Copies the front of {@code packed} to where the part's elements are in {@code whole}, shaped as the scores. */
    void unpack(MemorySegment packed, MemorySegment whole) {
        copy(whole, packed, false);
    }

    private void copy(MemorySegment whole, MemorySegment packed, boolean toPacked) {
        boolean contiguous = size == batch.batchSize() || batch.layout() == Layout.BATCH_MAJOR;
        int pieces = contiguous ? 1 : batch.timeSteps();
        if (pieces == 0 || scores() == 0) {
            return;
        }
        long bytes = scores() / pieces * Float.BYTES;
        for (int piece = 0; piece < pieces; piece++) {
            long offset = batch.rowOffset(piece, first) * Float.BYTES;
            if (toPacked) {
                MemorySegment.copy(whole, offset, packed, piece * bytes, bytes);
            } else {
                MemorySegment.copy(packed, piece * bytes, whole, offset, bytes);
            }
        }
    }
}
