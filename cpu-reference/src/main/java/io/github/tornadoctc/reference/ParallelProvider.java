package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBackend;

/** Offers {@link ParallelCtc}, what is left where there is no accelerator. */
public final class ParallelProvider extends CpuProvider {
    public ParallelProvider() {
        super("cpu", 0);
    }

    @Override
    CtcBackend open() {
        return new ParallelCtc();
    }
}
