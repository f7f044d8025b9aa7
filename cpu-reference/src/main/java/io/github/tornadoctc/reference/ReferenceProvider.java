package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBackend;

/** Offers {@link ReferenceCtc}; never chosen automatically. */
public final class ReferenceProvider extends CpuProvider {
    public ReferenceProvider() {
        super("reference", -1);
    }

    @Override
    CtcBackend open() {
        return new ReferenceCtc();
    }
}
