package io.github.tornadoctc.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Memory that callers have asked for, and that is arrays of TornadoVM at the same time, so that it goes to the device as it
 * is. TornadoVM's arrays have a header before their elements; callers see the elements.
 */
final class LentMemory {
    /** Wide enough for any vector load of a CPU and any DMA engine's preference. */
    private static final long ALIGNMENT = 64;

    private final List<FloatArray> arrays = new ArrayList<>();

    /**
     * Elements of a new array.
     *
     * @throws IllegalArgumentException if there are none, or more than an array can have
     */
    synchronized MemorySegment allocate(long floats, Arena arena) {
        if (floats < 1 || floats > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "floats = %d is not between 1 and %d, the most that an array of TornadoVM can have"
                            .formatted(floats, Integer.MAX_VALUE));
        }
        // the elements begin at a multiple of the alignment, the header ends there
        long header = TornadoNativeArray.ARRAY_HEADER;
        long before = Math.ceilDiv(header, ALIGNMENT) * ALIGNMENT;
        MemorySegment memory = arena.allocate(before + Float.BYTES * floats, ALIGNMENT);
        FloatArray array = FloatArray.fromSegmentShallow(memory.asSlice(before - header));
        arrays.removeIf(other -> !isAlive(other));
        arrays.add(array);
        return memory.asSlice(before);
    }

    /**
     * The array that begins where a segment does, if there is one and the segment is at least half of it: the rest would
     * travel in vain.
     */
    synchronized Optional<FloatArray> array(MemorySegment segment) {
        return arrays.stream()
                .filter(LentMemory::isAlive)
                .filter(array -> array.getSegment().address() == segment.address())
                .filter(array -> 2 * segment.byteSize() >= array.getSegment().byteSize())
                .findFirst();
    }

    /** Whether the arena of an array has not been closed. */
    static boolean isAlive(FloatArray array) {
        return array.getSegment().scope().isAlive();
    }
}
