package io.github.tornadoctc.kernels;

import java.lang.foreign.MemorySegment;

/**
 * Stretches of a segment, all of one length and at equal distances. Packed, they lie one behind the other.
 *
 * @param whole what they are stretches of
 * @param first the first byte of the first
 * @param length bytes of each
 * @param distance bytes from the beginning of one to that of the next
 * @param count how many there are
 */
record Runs(MemorySegment whole, long first, long length, long distance, long count) {

    /** Bytes of all of them. */
    long bytes() {
        return length * count;
    }

    private interface Stretch {
        /** A stretch of {@code whole} and where it begins in the packed bytes. */
        void at(long inWhole, long inPacked, long length);
    }

    /** Copies them to the front of {@code packed}. */
    void pack(MemorySegment packed, HostThreads threads) {
        threads.split(
                bytes(),
                (from, to) -> each(
                        from,
                        to,
                        (inWhole, inPacked, bytes) -> MemorySegment.copy(whole, inWhole, packed, inPacked, bytes)));
    }

    /** Copies the front of {@code packed} to them. */
    void unpack(MemorySegment packed, HostThreads threads) {
        threads.split(
                bytes(),
                (from, to) -> each(
                        from,
                        to,
                        (inWhole, inPacked, bytes) -> MemorySegment.copy(packed, inPacked, whole, inWhole, bytes)));
    }

    /** Makes all of their bytes 0. */
    void clear(HostThreads threads) {
        threads.split(
                bytes(),
                (from, to) -> each(from, to, (inWhole, inPacked, bytes) -> whole.asSlice(inWhole, bytes)
                        .fill((byte) 0)));
    }

    private void each(long from, long to, Stretch stretch) {
        long at = from;
        while (at < to) {
            long inRun = at % length;
            long bytes = Math.min(length - inRun, to - at);
            stretch.at(first + at / length * distance + inRun, at, bytes);
            at += bytes;
        }
    }
}
