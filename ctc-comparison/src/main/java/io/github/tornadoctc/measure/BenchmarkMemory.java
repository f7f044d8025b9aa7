package io.github.tornadoctc.measure;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whose memory a batch and the gradients of it are in.
 *
 * @param lentGradient for the gradient; null if every result has memory of its own
 */
record BenchmarkMemory(CtcBatch batch, @Nullable MemorySegment lentGradient) {

    /** A batch where it is, and results in memory that is the caller's as well. */
    static BenchmarkMemory own(CtcBatch batch) {
        return new BenchmarkMemory(batch, null);
    }

    /** A copy of a batch of float32, and results, in memory that a backend has lent for as long as an arena is open. */
    static BenchmarkMemory lent(CtcBackend backend, CtcBatch batch, Arena arena) {
        long floats = (long) batch.timeSteps() * batch.batchSize() * batch.symbols();
        MemorySegment scores = backend.allocate(floats, arena).copyFrom(batch.scores());
        CtcBatch copy = CtcBatch.builder(batch.timeSteps(), batch.batchSize(), batch.symbols())
                .blank(batch.blank())
                .layout(batch.layout())
                .scores(scores)
                .inputLengths(IntStream.range(0, batch.batchSize())
                        .map(batch::inputLength)
                        .toArray())
                .targets(IntStream.range(0, batch.batchSize())
                        .mapToObj(batch::target)
                        .toArray(int[][]::new))
                .build();
        return new BenchmarkMemory(copy, backend.allocate(floats, arena));
    }

    /** To be computed into. */
    CtcResult result(CtcOptions options) {
        return lentGradient == null || !options.gradient()
                ? CtcResult.allocate(batch, options)
                : CtcResult.withGradientIn(lentGradient, batch);
    }
}
