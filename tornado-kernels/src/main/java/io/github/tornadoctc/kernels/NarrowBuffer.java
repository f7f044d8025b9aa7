package io.github.tornadoctc.kernels;

import java.util.List;

/** What scores of 16 bits take besides the float32 ones that they become, which in turn become the gradient. */
enum NarrowBuffer implements DeviceBuffer {
    /** The scores; a gradient of 16 bits may take their place. */
    NARROW_SCORES,
    /** A gradient of 16 bits with a place of its own. */
    NARROW_GRADIENT;

    /** Both. */
    static final List<DeviceBuffer> ALL = List.of(values());

    @Override
    public Element element() {
        return Element.SHORT;
    }

    @Override
    public long elements(Sizes sizes) {
        return sizes.rows() * sizes.symbols();
    }

    @Override
    public boolean isWorkspace() {
        return false;
    }
}
