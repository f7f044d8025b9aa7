package io.github.tornadoctc.measure;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/**
 * How fast this machine copies memory, the most that anything bound by memory can reach: off-heap to off-heap, from
 * and to buffers that no cache holds, all processors at once. Bytes read and bytes written both count.
 */
public final class CopyBandwidth {
    /** Of each of the two buffers. */
    private static final long BUFFER_BYTES = 128L << 20;

    private static final int REPETITIONS = 9;
    private static final long PIECE_ALIGNMENT = 4096;

    private CopyBandwidth() {}

    /**
     * Gigabytes (10⁹) a second of the fastest of several copies: whatever else the machine did can only have slowed the
     * others.
     */
    public static double gigabytesPerSecond() {
        return gigabytesPerSecond(BUFFER_BYTES);
    }

    static double gigabytesPerSecond(long bytes) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment from = arena.allocate(bytes, PIECE_ALIGNMENT).fill((byte) 1);
            MemorySegment to = arena.allocate(bytes, PIECE_ALIGNMENT);
            copy(from, to);
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < REPETITIONS; i++) {
                long start = System.nanoTime();
                copy(from, to);
                fastest = Math.min(fastest, System.nanoTime() - start);
            }
            // bytes a nanosecond are gigabytes a second
            return 2.0 * bytes / fastest;
        }
    }

    private static void copy(MemorySegment from, MemorySegment to) {
        int pieces = Runtime.getRuntime().availableProcessors();
        long piece = Math.ceilDiv(from.byteSize(), pieces);
        IntStream.range(0, pieces).parallel().forEach(i -> {
            long offset = Math.min(i * piece, from.byteSize());
            long length = Math.min(piece, from.byteSize() - offset);
            MemorySegment.copy(from, offset, to, offset, length);
        });
    }
}
