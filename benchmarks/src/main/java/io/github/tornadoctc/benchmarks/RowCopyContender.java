package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes nothing either: copies the rows that there are one by one, those of one utterance after those of another, as a
 * backend goes over them that computes an utterance at a time. On one thread, whatever is asked for.
 */
final class RowCopyContender implements Contender {
    private @Nullable CtcBatch batch;
    private @Nullable CtcResult result;
    private MemorySegment scratch = MemorySegment.NULL;

    @Override
    public void prepare(CtcBatch of, CtcOptions options, int threads) {
        batch = of;
        result = CtcResult.allocate(of, options);
        scratch = Arena.ofAuto().allocate((long) of.symbols() * Float.BYTES);
    }

    @Override
    public void compute() {
        CtcBatch rows = Objects.requireNonNull(batch);
        IntStream.range(0, rows.batchSize()).forEach(b -> copy(rows, b));
    }

    private void copy(CtcBatch rows, int b) {
        long bytes = (long) rows.symbols() * Float.BYTES;
        boolean gradient = result().hasGradient();
        for (int t = 0; t < rows.inputLength(b); t++) {
            long row = (rows.rowOffset(0, b) + t * rows.frameStride()) * Float.BYTES;
            MemorySegment.copy(rows.scores(), row, gradient ? result().gradient() : scratch, gradient ? row : 0, bytes);
        }
    }

    @Override
    public CtcResult result() {
        return Objects.requireNonNull(result);
    }

    @Override
    public void close() {
        batch = null;
    }
}
