package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOperation;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** What the backends in double precision share: they hold nothing, so closing one only ends its use. */
abstract class ReferenceBackend implements CtcBackend {
    private final List<CtcOperation> operations =
            List.of(new ReferenceAligner(this), new ReferencePosteriors(this), new ReferenceRescorer(this));

    private volatile boolean closed;

    /** Fills in everything but the reduced loss. */
    abstract void computeUtterances(CtcBatch batch, CtcOptions options, CtcResult result);

    /** What is computed of each utterance of a batch, in their order. */
    abstract <R> List<R> eachUtterance(CtcBatch batch, IntFunction<R> computation);

    @Override
    public final void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        checkOpen();
        result.checkFits(batch, options);
        computeUtterances(batch, options, result);
        result.reduce(batch, options);
    }

    final void checkOpen() {
        if (closed) {
            throw new IllegalStateException("backend %s is closed".formatted(name()));
        }
    }

    @Override
    public final <T extends CtcOperation> Optional<T> operation(Class<T> type) {
        return operations.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public final void close() {
        closed = true;
    }
}
