package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcWarmUp;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One of our backends; the result is reused from call to call, as in a training loop. */
final class BackendContender implements Contender {
    private final IntFunction<CtcBackend> open;
    private @Nullable CtcBackend backend;
    private @Nullable CtcBatch batch;
    private @Nullable CtcOptions options;
    private @Nullable CtcResult result;

    /** @param open opens the backend on a number of threads */
    BackendContender(IntFunction<CtcBackend> open) {
        this.open = open;
    }

    @Override
    public void prepare(CtcBatch newBatch, CtcOptions newOptions, int threads) {
        backend = open.apply(threads);
        CtcWarmUp.of(backend);
        batch = newBatch;
        options = newOptions;
        result = CtcResult.allocate(newBatch, newOptions);
    }

    @Override
    public void compute() {
        Objects.requireNonNull(backend)
                .compute(Objects.requireNonNull(batch), Objects.requireNonNull(options), result());
    }

    @Override
    public CtcResult result() {
        return Objects.requireNonNull(result);
    }

    @Override
    public void close() {
        if (backend != null) {
            backend.close();
            backend = null;
        }
    }
}
