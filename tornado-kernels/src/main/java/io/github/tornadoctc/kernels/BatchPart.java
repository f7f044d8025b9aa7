package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Neighbouring utterances of a batch, {@code first} to {@code first + size}, computed in one execution: all of them,
 * or as many as a device has memory for. On the device a part is a batch of its own, in the layout of the whole.
 */
record BatchPart(CtcBatch batch, int first, int size) {
    private static final Logger LOG = LoggerFactory.getLogger(BatchPart.class);

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

    /**
     * The fewest parts, of about as many utterances, that each fit a device.
     *
     * @param needed what a plan for a part needs
     * @throws IllegalArgumentException if a single utterance does not fit
     */
    static List<BatchPart> fitting(CtcBatch batch, DeviceLimits limits, Function<BatchPart, Capacity> needed) {
        int most = batch.batchSize();
        int count = Math.min(most, 1);
        while (count < most && !limits.allows(needed.apply(largest(batch, count)))) {
            count = Math.min(2 * count, most);
        }
        if (count > 0) {
            limits.check(needed.apply(largest(batch, count)));
        }
        if (count > 1) {
            LOG.info(
                    "a batch of {} in {} parts, to fit {} bytes of {}",
                    most,
                    count,
                    limits.memory(),
                    limits.description());
        }
        return split(batch, count);
    }

    private static BatchPart largest(CtcBatch batch, int parts) {
        return new BatchPart(batch, 0, Math.ceilDiv(batch.batchSize(), parts));
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
