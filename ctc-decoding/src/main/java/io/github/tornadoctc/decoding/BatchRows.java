package io.github.tornadoctc.decoding;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.ScoreType;
import java.lang.foreign.MemorySegment;

/** The rows of one utterance in float32, one at a time: those of the batch, or copies of 16-bit ones. */
final class BatchRows {
    private final CtcBatch batch;
    private final int utterance;
    private final boolean wide;
    private final MemorySegment segment;

    BatchRows(CtcBatch batch, int b) {
        this.batch = batch;
        this.utterance = b;
        this.wide = batch.scoreType() == ScoreType.FLOAT32;
        this.segment = wide ? batch.scores() : MemorySegment.ofArray(new float[batch.symbols()]);
    }

    /** What has the row that was last asked for. */
    MemorySegment segment() {
        return segment;
    }

    /** Where row t begins in it, in floats. */
    long row(int t) {
        long offset = batch.rowOffset(t, utterance);
        if (wide) {
            return offset;
        }
        batch.scoreType().widen(batch.scores(), offset, segment, 0, batch.symbols());
        return 0;
    }
}
