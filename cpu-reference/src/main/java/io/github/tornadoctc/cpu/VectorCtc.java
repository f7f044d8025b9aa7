package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;

/** CTC on the CPU. */
public final class VectorCtc implements CtcBackend {
    private final Kernels kernels;

    public VectorCtc() {
        this(Kernels.VECTOR);
    }

    VectorCtc(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String device() {
        return "CPU, " + kernels.description();
    }

    @Override
    public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        result.checkFits(batch, options);
        Utterance utterance = new Utterance(kernels);
        for (int b = 0; b < batch.batchSize(); b++) {
            utterance.compute(batch, b, options, result);
        }
        result.reduce(batch, options);
    }

    @Override
    public void close() {}
}
