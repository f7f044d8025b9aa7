package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Computes nothing: copies the scores to the gradient, or for losses alone to a few kilobytes of cache. What that
 * takes is the floor under everything that has to read the scores and write the gradient.
 */
final class CopyContender implements Contender {
    /** Read in pieces of this size, the target of which stays in the first-level cache. */
    private static final long PIECE = 16 * 1024;

    private @Nullable CtcResult result;
    private @Nullable ExecutorService pool;
    private List<Callable<Object>> parts = List.of();

    @Override
    public void prepare(CtcBatch batch, CtcOptions options, int threads) {
        result = CtcResult.allocate(batch, options);
        pool = Executors.newFixedThreadPool(threads);
        parts = new ArrayList<>();
        long bytes = batch.scores().byteSize();
        for (int part = 0; part < threads; part++) {
            long from = bytes * part / threads;
            long length = bytes * (part + 1) / threads - from;
            MemorySegment scores = batch.scores().asSlice(from, length);
            if (options.gradient()) {
                MemorySegment gradient = result.gradient().asSlice(from, length);
                parts.add(Executors.callable(() -> copy(scores, gradient)));
            } else {
                MemorySegment scratch = Arena.ofAuto().allocate(PIECE);
                parts.add(Executors.callable(() -> copy(scores, scratch)));
            }
        }
    }

    private static void copy(MemorySegment from, MemorySegment to) {
        for (long at = 0; at < from.byteSize(); at += to.byteSize()) {
            MemorySegment.copy(from, at, to, 0, Math.min(to.byteSize(), from.byteSize() - at));
        }
    }

    @Override
    public void compute() {
        try {
            for (Future<Object> part : Objects.requireNonNull(pool).invokeAll(parts)) {
                part.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CtcResult result() {
        return Objects.requireNonNull(result);
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }
}
