package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** {@link ReferenceCtc} with utterances spread over the common pool. They share nothing, so the bits are the same. */
public final class ParallelCtc extends ReferenceBackend {
    private final int threads;

    /** On as many threads as there are processors. */
    public ParallelCtc() {
        this(Integer.MAX_VALUE);
    }

    /**
     * On at most {@code maxThreads} threads, the caller's included, and no more than there are processors.
     *
     * @throws IllegalArgumentException if {@code maxThreads} is less than 1
     */
    public ParallelCtc(int maxThreads) {
        if (maxThreads < 1) {
            throw new IllegalArgumentException("maxThreads = %d is less than 1".formatted(maxThreads));
        }
        this.threads = Math.min(maxThreads, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public String name() {
        return "parallel";
    }

    @Override
    public String device() {
        return "CPU, double precision, %d %s".formatted(threads, threads == 1 ? "thread" : "threads");
    }

    @Override
    void computeUtterances(CtcBatch batch, CtcOptions options, CtcResult result) {
        spread(batch, b -> UtteranceCtc.compute(batch, b, options, result));
    }

    @Override
    <R> List<R> eachUtterance(CtcBatch batch, IntFunction<R> computation) {
        AtomicReferenceArray<R> results = new AtomicReferenceArray<>(batch.batchSize());
        spread(batch, b -> results.set(b, computation.apply(b)));
        return IntStream.range(0, batch.batchSize()).mapToObj(results::get).toList();
    }

    private void spread(CtcBatch batch, IntConsumer computation) {
        IntStream.range(0, threads).parallel().forEach(thread -> {
            for (int b = thread; b < batch.batchSize(); b += threads) {
                computation.accept(b);
            }
        });
    }
}
