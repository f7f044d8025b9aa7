package io.github.tornadoctc.kernels;

import java.util.Set;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/**
 * Whether to have TornadoVM capture a graph, with {@code withCUDAGraph()}: the first execution is recorded by the driver,
 * and each later one is a single launch of all that, where launching kernels one by one takes as long as small ones run.
 *
 * <p>What a replay does, in TornadoVM 5.2.0: copies of {@code EVERY_EXECUTION} and kernels are in the record, and copies
 * read and write the arrays as they are then; {@code FIRST_EXECUTION} is copied before. The grids, the scalars and the
 * addresses of buffers are those of the first execution, and nothing notices when they should be others.
 * {@code globalGroupSizeX} is in every kernel that of the last one. {@code withCUDAGraph()} has an effect only before the
 * first execution and cannot be taken back; the memory of the plan given back, the record is gone. TornadoVM's profiler
 * sees nothing of what is inside.
 */
public final class CudaGraphs {
    /** {@code true}, as it is unless set, or {@code false}: never. */
    public static final String PROPERTY = "tornadoctc.cudaGraph";

    /** By name: TornadoVM has no constant for PTX from version 6 on. */
    private static final Set<String> ABLE = Set.of("CUDA", "PTX", TornadoVMBackendType.JAVA.name());

    private CudaGraphs() {}

    /**
     * Whether a graph on that device can be captured and {@value #PROPERTY} does not forbid it. TornadoVM's CUDA and PTX
     * backends can, and so can the emulator; on others {@code withCUDAGraph()} ends in an error.
     *
     * @throws IllegalArgumentException if the property is neither {@code true} nor {@code false}
     */
    public static boolean use(TornadoDevice device) {
        String wanted = System.getProperty(PROPERTY, "true");
        if (!wanted.equals("true") && !wanted.equals("false")) {
            throw new IllegalArgumentException("%s = %s is neither true nor false".formatted(PROPERTY, wanted));
        }
        return ABLE.contains(device.getTornadoVMBackend().name()) && wanted.equals("true");
    }
}
