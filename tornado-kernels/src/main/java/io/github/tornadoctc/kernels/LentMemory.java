package io.github.tornadoctc.kernels;

import io.github.tornadoctc.ScoreType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Memory that callers have asked for, and that is arrays of TornadoVM at the same time, so that it goes to the device as it
 * is. TornadoVM's arrays have a header before their elements; callers see the elements.
 */
final class LentMemory {
    /** Wide enough for any vector load of a CPU and any DMA engine's preference. */
    private static final long ALIGNMENT = 64;

    private final List<Piece> pieces = new ArrayList<>();

    /** One piece of memory, as the arrays that it may be. */
    private static final class Piece {
        private final MemorySegment withHeader;
        private final FloatArray floats;
        /** As many as there are floats, in the first half of the memory; made when they are first asked for. */
        private @Nullable ShortArray shorts;
        /** All that the memory has room for, likewise. */
        private @Nullable ShortArray mostShorts;

        Piece(MemorySegment withHeader) {
            this.withHeader = withHeader;
            this.floats = FloatArray.fromSegmentShallow(withHeader);
        }

        boolean isAlive() {
            return withHeader.scope().isAlive();
        }

        boolean beginsAt(MemorySegment segment) {
            return floats.getSegment().address() == segment.address();
        }

        /** An array of at least so many elements; none if they would be less than half of it, or more than it can have. */
        Optional<TornadoNativeArray> array(ScoreType type, long elements) {
            TornadoNativeArray array = type == ScoreType.FLOAT32 ? floats : shorts(elements);
            // all of an array travels, whatever the batch needs of it
            return Optional.of(array).filter(made -> elements <= made.getSize() && 2 * elements >= made.getSize());
        }

        private ShortArray shorts(long elements) {
            if (elements <= floats.getSize()) {
                shorts = shorts == null ? shortsOf(floats.getSize()) : shorts;
                return shorts;
            }
            long most = Math.min(2L * floats.getSize(), Integer.MAX_VALUE);
            mostShorts = mostShorts == null ? shortsOf(most) : mostShorts;
            return mostShorts;
        }

        private ShortArray shortsOf(long length) {
            long bytes = TornadoNativeArray.ARRAY_HEADER + Short.BYTES * length;
            return ShortArray.fromSegmentShallow(withHeader.asSlice(0, bytes));
        }
    }

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
        pieces.removeIf(other -> !other.isAlive());
        pieces.add(new Piece(memory.asSlice(before - header)));
        return memory.asSlice(before);
    }

    /** An array of that type that begins where a segment does and has room for it, if the segment makes use of one. */
    synchronized Optional<TornadoNativeArray> array(MemorySegment segment, ScoreType type) {
        return pieces.stream()
                .filter(Piece::isAlive)
                .filter(piece -> piece.beginsAt(segment))
                .findFirst()
                .flatMap(piece -> piece.array(type, segment.byteSize() / type.bytes()));
    }

    /** Whether the arena of an array has not been closed. */
    static boolean isAlive(TornadoNativeArray array) {
        return array.getSegment().scope().isAlive();
    }
}
