package io.github.tornadoctc.kernels;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** Has the driver of a device pin memory of the host, without which copies to and from there are several times as slow. */
interface HostPins {

    /** Whether it is pinned now, until {@link #unpin}; false, and nothing, if the driver does not. */
    boolean pin(MemorySegment memory);

    /** Takes back what {@link #pin} has done of the same memory. On any thread. */
    void unpin(MemorySegment memory);

    /**
     * Those of a device; none unless TornadoVM's CUDA backend runs it. OpenCL has no pins, and the PTX backend takes it for
     * an error when it finds memory pinned that it would pin.
     */
    static Optional<HostPins> of(TornadoDevice device) {
        return device.getTornadoVMBackend() == TornadoVMBackendType.CUDA ? CudaPins.open() : Optional.empty();
    }
}
