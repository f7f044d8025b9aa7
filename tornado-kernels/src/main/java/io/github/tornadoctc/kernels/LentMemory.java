package io.github.tornadoctc.kernels;

import io.github.tornadoctc.ScoreType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** So that no page is pinned for two pieces. */
    private static final long PAGE = 4096;

    /** Null if nothing is to be pinned, or TornadoVM does it. */
    private final @Nullable HostPins pins;

    private final List<Piece> pieces = new ArrayList<>();

    LentMemory(@Nullable HostPins pins) {
        this.pins = pins;
    }

    /** One piece of memory, as the arrays that it may be. */
    private static final class Piece {
        private final MemorySegment withHeader;
        /** Whether it is pinned for as long as it is there. */
        private final boolean pinned;

        private final FloatArray floats;
        /** As many as there are floats, in the first half of the memory; made when they are first asked for. */
        private @Nullable ShortArray shorts;
        /** All that the memory has room for, likewise. */
        private @Nullable ShortArray mostShorts;

        private final Map<Place, TornadoNativeArray> parts = new HashMap<>();

        /** Where a part is, by elements of a type. */
        private record Place(ScoreType type, long begin, long elements) {}

        Piece(MemorySegment withHeader, boolean pinned) {
            this.withHeader = withHeader;
            this.pinned = pinned;
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
            return ShortArray.fromSegmentShallow(withHeader(ScoreType.FLOAT16, 0, length));
        }

        private MemorySegment withHeader(ScoreType type, long begin, long elements) {
            return withHeader.asSlice(type.bytes() * begin, TornadoNativeArray.ARRAY_HEADER + type.bytes() * elements);
        }

        TornadoNativeArray part(Place place) {
            return parts.computeIfAbsent(place, this::partAt);
        }

        /** Its header lies in what is before it, which stays as it is: TornadoVM writes there only when an array is made. */
        private TornadoNativeArray partAt(Place place) {
            MemorySegment memory = withHeader(place.type(), place.begin(), place.elements());
            MemorySegment header = memory.asSlice(0, TornadoNativeArray.ARRAY_HEADER);
            byte[] before = header.toArray(ValueLayout.JAVA_BYTE);
            TornadoNativeArray array = place.type() == ScoreType.FLOAT32
                    ? FloatArray.fromSegmentShallow(memory)
                    : ShortArray.fromSegmentShallow(memory);
            header.copyFrom(MemorySegment.ofArray(before));
            return array;
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
        pieces.removeIf(other -> !other.isAlive());
        long bytes = before + Float.BYTES * floats;
        MemorySegment memory = pinned(bytes, arena);
        boolean pinned = memory != null;
        if (memory == null) {
            memory = arena.allocate(bytes, ALIGNMENT);
        }
        pieces.add(new Piece(memory.asSlice(before - header), pinned));
        return memory.asSlice(before);
    }

    /** Memory that is pinned until its arena is closed; null if it cannot be. */
    @SuppressWarnings({"restricted", "MustBeClosedChecker"})
    private @Nullable MemorySegment pinned(long bytes, Arena arena) {
        if (pins == null) {
            return null;
        }
        // closed with the caller's, where it would be open what comes first: memory has to be unpinned, then given back
        Arena own = Arena.ofShared();
        MemorySegment pages = own.allocate(Math.ceilDiv(bytes, PAGE) * PAGE, PAGE);
        if (!pins.pin(pages)) {
            own.close();
            return null;
        }
        return pages.reinterpret(arena, memory -> {
                    pins.unpin(memory);
                    own.close();
                })
                .asSlice(0, bytes);
    }

    /** An array of that type that begins where a segment does and has room for it, if the segment makes use of one. */
    synchronized Optional<TornadoNativeArray> array(MemorySegment segment, ScoreType type) {
        return pieces.stream()
                .filter(Piece::isAlive)
                .filter(piece -> piece.beginsAt(segment))
                .findFirst()
                .flatMap(piece -> piece.array(type, segment.byteSize() / type.bytes()));
    }

    /**
     * Whether a piece of memory, which is one of these arrays, is pinned for as long as it is there, and parts of it may be
     * arrays of their own.
     */
    synchronized boolean isPinned(TornadoNativeArray array) {
        return piece(array).pinned;
    }

    /**
     * So many elements of one of these arrays as an array of their own, from the one at {@code begin} on; the same every
     * time. Both have to be at a multiple of four bytes.
     */
    synchronized TornadoNativeArray part(TornadoNativeArray array, long begin, long elements) {
        ScoreType type = array instanceof FloatArray ? ScoreType.FLOAT32 : ScoreType.FLOAT16;
        return piece(array).part(new Piece.Place(type, begin, elements));
    }

    private Piece piece(TornadoNativeArray array) {
        return pieces.stream()
                .filter(piece -> piece.beginsAt(array.getSegment()))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the arena of an array has not been closed. */
    static boolean isAlive(TornadoNativeArray array) {
        return array.getSegment().scope().isAlive();
    }
}
