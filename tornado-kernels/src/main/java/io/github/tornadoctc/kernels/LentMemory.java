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
        private @Nullable ShortArray shorts;

        Piece(MemorySegment withHeader) {
            this.withHeader = withHeader;
            this.floats = FloatArray.fromSegmentShallow(withHeader);
        }

        boolean isAlive() {
            return withHeader.scope().isAlive();
        }

        /**
         * Whether it begins where a segment does, which is at least half of it in float32, or a quarter in 16 bits: the rest
         * would travel in vain.
         */
        boolean serves(MemorySegment segment, ScoreType type) {
            MemorySegment elements = floats.getSegment();
            return elements.address() == segment.address()
                    && 2 * segment.byteSize() * Float.BYTES / type.bytes() >= elements.byteSize();
        }

        TornadoNativeArray array(ScoreType type) {
            if (type == ScoreType.FLOAT32) {
                return floats;
            }
            ShortArray made = shorts;
            if (made == null) {
                // as many shorts as floats, for which the memory was asked
                long bytes = TornadoNativeArray.ARRAY_HEADER + (long) Short.BYTES * floats.getSize();
                made = ShortArray.fromSegmentShallow(withHeader.asSlice(0, bytes));
                shorts = made;
            }
            return made;
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

    /** The array of elements of that type that begins where a segment does, if there is one that the segment makes use of. */
    synchronized Optional<TornadoNativeArray> array(MemorySegment segment, ScoreType type) {
        return pieces.stream()
                .filter(Piece::isAlive)
                .filter(piece -> piece.serves(segment, type))
                .findFirst()
                .map(piece -> piece.array(type));
    }

    /** Whether the arena of an array has not been closed. */
    static boolean isAlive(TornadoNativeArray array) {
        return array.getSegment().scope().isAlive();
    }
}
