package io.github.tornadoctc.contract;

import io.github.tornadoctc.CtcBackend;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Memory that a backend has lent and memory of one's own, taken piece by piece and in part given back, at random. */
final class LentPieces implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    private final CtcBackend backend;
    private final Random random;
    private final List<Piece> pieces = new ArrayList<>();

    private record Piece(Arena arena, MemorySegment memory) {}

    LentPieces(CtcBackend backend, Random random) {
        this.backend = backend;
        this.random = random;
    }

    /** So many bytes, apart from those of {@code other}. */
    MemorySegment take(long bytes, MemorySegment other) {
        MemorySegment taken = take(bytes);
        while (taken.asOverlappingSlice(other).isPresent()) {
            taken = take(bytes);
        }
        return taken;
    }

    /** So many bytes of one's own, or at the beginning of a piece, old or new, or behind it. */
    @SuppressWarnings("MustBeClosedChecker") // giveBack and close do
    MemorySegment take(long bytes) {
        if (random.nextInt(8) == 0) {
            return Arena.ofAuto().allocate(bytes, ALIGNMENT);
        }
        List<Piece> fitting = pieces.stream()
                .filter(piece -> piece.memory.byteSize() >= bytes)
                .toList();
        if (fitting.isEmpty() || random.nextBoolean()) {
            Arena arena = Arena.ofShared();
            long floats = Math.ceilDiv(bytes, Float.BYTES) * (1 + random.nextInt(2));
            pieces.add(new Piece(arena, backend.allocate(floats, arena)));
            return pieces.getLast().memory.asSlice(0, bytes);
        }
        MemorySegment memory = fitting.get(random.nextInt(fitting.size())).memory;
        long room = (memory.byteSize() - bytes) / ALIGNMENT;
        return memory.asSlice(random.nextInt(8) == 0 ? ALIGNMENT * random.nextLong(room + 1) : 0, bytes);
    }

    /** Now and then a piece, whoever was in it. */
    void giveBack() {
        if (!pieces.isEmpty() && random.nextInt(5) == 0) {
            pieces.remove(random.nextInt(pieces.size())).arena.close();
        }
    }

    @Override
    public void close() {
        pieces.forEach(piece -> piece.arena.close());
    }
}
