package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.ScoreType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The rows of one utterance of 16-bit scores, in float32: a row is widened just before it is read for the first time, and
 * the gradient is narrowed when all of it is there. Rows lie one behind the other, whatever the layout of the batch.
 */
final class NarrowRows {
    private static final long ALIGNMENT = 64;

    private MemorySegment from = MemorySegment.NULL;
    private MemorySegment to = MemorySegment.NULL;
    private ScoreType scoreType = ScoreType.FLOAT32;
    private ScoreType gradientType = ScoreType.FLOAT32;
    private int symbols;
    private long firstRow;
    private long stride;

    private MemorySegment scores = MemorySegment.NULL;
    private MemorySegment gradient = MemorySegment.NULL;

    /** Makes ready for utterance b. */
    void prepare(CtcBatch batch, int b, boolean wantsGradient, CtcResult result) {
        from = batch.scores();
        scoreType = batch.scoreType();
        symbols = batch.symbols();
        firstRow = batch.rowOffset(0, b);
        stride = batch.frameStride();
        long bytes = (long) batch.inputLength(b) * symbols * Float.BYTES;
        scores = atLeast(scores, bytes);
        if (wantsGradient) {
            to = result.gradient();
            gradientType = result.gradientType();
            gradient = atLeast(gradient, bytes);
        }
    }

    private static MemorySegment atLeast(MemorySegment memory, long bytes) {
        return memory.byteSize() >= bytes ? memory : Arena.ofAuto().allocate(bytes, ALIGNMENT);
    }

    /** Where rows are in float32. */
    MemorySegment scores() {
        return scores;
    }

    /** Where their gradient is to be in float32. */
    MemorySegment gradient() {
        return gradient;
    }

    /** Makes row t float32. */
    void widen(int t) {
        scoreType.widen(from, firstRow + t * stride, scores, (long) t * symbols, symbols);
    }

    /** Stores the first {@code rows} rows of the gradient, and 0 in those after them, up to {@code timeSteps}. */
    void store(int rows, int timeSteps) {
        for (int t = 0; t < timeSteps; t++) {
            long row = firstRow + t * stride;
            if (t < rows) {
                gradientType.narrow(gradient, (long) t * symbols, to, row, symbols);
            } else {
                int bytes = gradientType.bytes();
                to.asSlice(row * bytes, (long) symbols * bytes).fill((byte) 0);
            }
        }
    }

    /** Lets go of the batch's memory. */
    void release() {
        from = MemorySegment.NULL;
        to = MemorySegment.NULL;
    }
}
