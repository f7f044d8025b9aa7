package io.github.tornadoctc.examples.trainocr;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;

/** Hands calls on and adds up what they take, to tell the computation of a loss from what DJL takes around it. */
final class TimedBackend implements CtcBackend {
    private final CtcBackend backend;
    private long nanos;

    TimedBackend(CtcBackend backend) {
        this.backend = backend;
    }

    /** Of all calls so far. */
    long nanos() {
        return nanos;
    }

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public String device() {
        return backend.device();
    }

    @Override
    public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        long start = System.nanoTime();
        backend.compute(batch, options, result);
        nanos += System.nanoTime() - start;
    }

    @Override
    public void close() {
        backend.close();
    }
}
