package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;

/** What the backends in double precision share: they hold nothing, so closing one only ends its use. */
abstract class ReferenceBackend implements CtcBackend {
    private volatile boolean closed;

    /** Fills in everything but the reduced loss. */
    abstract void computeUtterances(CtcBatch batch, CtcOptions options, CtcResult result);

    @Override
    public final void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        if (closed) {
            throw new IllegalStateException("backend %s is closed".formatted(name()));
        }
        result.checkFits(batch, options);
        computeUtterances(batch, options, result);
        result.reduce(batch, options);
    }

    @Override
    public final void close() {
        closed = true;
    }
}
