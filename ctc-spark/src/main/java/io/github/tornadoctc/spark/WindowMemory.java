package io.github.tornadoctc.spark;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the scores of a window of utterances wait for their batch. The memory is taken again for the next window, so that it
 * stays in the caches of the processor, and is no garbage.
 */
final class WindowMemory {
    private static final int PIECE_BYTES = 1 << 20;

    /** What takes more than that has memory of its own, so that little is left over at the end of a piece. */
    private static final long SMALL_BYTES = PIECE_BYTES / 16;

    private final List<MemorySegment> pieces = new ArrayList<>();
    private int piece;
    private long used;

    /** Copies bytes to where they stay until the memory is cleared. */
    MemorySegment copy(MemorySegment bytes) {
        if (bytes.byteSize() > SMALL_BYTES) {
            return MemorySegment.ofArray(bytes.toArray(ValueLayout.JAVA_BYTE));
        }
        if (used + bytes.byteSize() > PIECE_BYTES) {
            piece++;
            used = 0;
        }
        if (piece == pieces.size()) {
            pieces.add(MemorySegment.ofArray(new byte[PIECE_BYTES]));
        }
        MemorySegment copy = pieces.get(piece).asSlice(used, bytes.byteSize()).copyFrom(bytes);
        used += bytes.byteSize();
        return copy;
    }

    /** Takes it all for what comes next. */
    void clear() {
        piece = 0;
        used = 0;
    }
}
