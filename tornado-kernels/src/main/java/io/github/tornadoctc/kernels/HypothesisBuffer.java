package io.github.tornadoctc.kernels;

import java.util.List;

/** What hypotheses have that a batch has not. */
enum HypothesisBuffer implements DeviceBuffer {
    /** {@code [N]} and {@code [N][columns]}, see {@link HypothesisKernel}. */
    SOURCES;

    /** All of them. */
    static final List<DeviceBuffer> ALL = List.of(values());

    @Override
    public Element element() {
        return Element.INT;
    }

    @Override
    public long elements(Sizes sizes) {
        return sizes.batchSize() * (1L + BatchDescription.columns(sizes.symbols(), sizes.maxTargetLength()));
    }

    @Override
    public boolean isWorkspace() {
        return false;
    }
}
