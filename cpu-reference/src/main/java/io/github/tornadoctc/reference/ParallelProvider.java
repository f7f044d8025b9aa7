package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBackend;

/** Offers {@link ParallelCtc}; never chosen automatically. */
public final class ParallelProvider extends CpuProvider {
    public ParallelProvider() {
        super("parallel", -1);
    }

    @Override
    CtcBackend open() {
        return new ParallelCtc();
    }
}
