package io.github.tornadoctc.emulator.engine;

import java.util.List;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * What TornadoVM's CUDA and PTX backends make of a graph's first execution after {@code withCUDAGraph}: copies that every
 * execution makes, launches and their grids, as they were then. Copies read and write the same memory of the host, so new
 * contents travel; new grids and new memory on the device do not.
 *
 * @param graph its name
 * @param in copied in first
 * @param launches in their order
 * @param out copied out last
 */
record Capture(String graph, List<DeviceBuffer> in, List<TaskLaunch> launches, List<DeviceBuffer> out) {

    /** Does it all again. */
    void replay() {
        boolean moved = Stream.concat(
                        Stream.concat(in.stream(), out.stream()),
                        launches.stream().flatMap(launch -> launch.memory().stream()))
                .anyMatch(buffer -> buffer.freed);
        if (moved) {
            throw new TornadoRuntimeException("graph " + graph + " was captured with memory on the device that has been"
                    + " given back since: a replay reads and writes there, error 700 of CUDA");
        }
        in.forEach(DeviceBuffer::copyIn);
        launches.forEach(TaskLaunch::run);
        out.forEach(DeviceBuffer::copyOut);
    }
}
