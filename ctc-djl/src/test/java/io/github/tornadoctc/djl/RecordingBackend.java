package io.github.tornadoctc.djl;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hands calls on, and keeps in mind which memory they were of. */
final class RecordingBackend implements CtcBackend {
    final List<Call> calls = new CopyOnWriteArrayList<>();
    boolean closed;

    private final CtcBackend backend;

    RecordingBackend(CtcBackend backend) {
        this.backend = backend;
    }

    /** The addresses of the scores and of the gradient, 0 where there is none. */
    record Call(long scores, long gradient) {
        boolean withGradient() {
            return gradient != 0;
        }
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
        long gradient = options.gradient() ? result.gradient().address() : 0;
        calls.add(new Call(batch.scores().address(), gradient));
        backend.compute(batch, options, result);
    }

    @Override
    public void close() {
        closed = true;
        backend.close();
    }
}
