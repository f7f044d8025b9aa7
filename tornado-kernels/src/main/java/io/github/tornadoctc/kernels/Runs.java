package io.github.tornadoctc.kernels;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Stretches of a segment, all of one length and at equal distances. Packed, they lie one behind the other.
 *
 * @param whole what they are stretches of
 * @param first the first byte of the first
 * @param length bytes of each, at least 1 if there is one
 * @param distance bytes from the beginning of one to that of the next
 * @param count how many there are
 * @param row bytes of a row, of which each has a whole number
 * @param used which rows have something in them; null if all
 */
record Runs(MemorySegment whole, long first, long length, long distance, long count, long row, @Nullable Rows used) {

    /** A choice of rows. */
    interface Rows {
        /** Whether it is among them, by its place in a stretch and the place of that. */
        boolean contain(long run, long row);
    }

    private interface Stretch {
        /** Bytes of {@code whole} and where they are in the packed bytes. */
        void at(long inWhole, long inPacked, long bytes);
    }

    /** Bytes of all of them. */
    long bytes() {
        return length * count;
    }

    /** Copies them to the front of {@code packed}, but for rows that are not used. */
    void pack(MemorySegment packed, HostThreads threads) {
        threads.split(
                bytes(),
                (from, to) -> each(
                        from,
                        to,
                        true,
                        (inWhole, inPacked, bytes) -> MemorySegment.copy(whole, inWhole, packed, inPacked, bytes)));
    }

    /** Copies the front of {@code packed} to them, and makes rows that are not used 0. */
    void unpack(MemorySegment packed, HostThreads threads) {
        threads.split(bytes(), (from, to) -> {
            long copied = each(
                    from,
                    to,
                    true,
                    (inWhole, inPacked, bytes) -> MemorySegment.copy(packed, inPacked, whole, inWhole, bytes));
            return copied + each(from, to, false, this::clear);
        });
    }

    /** Makes all of their bytes 0. */
    void clear(HostThreads threads) {
        Runs all = new Runs(whole, first, length, distance, count, row, null);
        threads.split(bytes(), (from, to) -> all.each(from, to, true, this::clear));
    }

    private void clear(long inWhole, long inPacked, long bytes) {
        whole.asSlice(inWhole, bytes).fill((byte) 0);
    }

    /** Does something with the packed bytes in a range that are in rows of one kind; how many there are. */
    private long each(long from, long to, boolean inUse, Stretch stretch) {
        long unit = used == null ? Math.max(length, 1) : row;
        long done = 0;
        // what is contiguous is one stretch: a large one is copied faster than its rows
        long begin = 0;
        long beginInPacked = 0;
        long bytes = 0;
        long at = from;
        long run = from < to ? from / length : 0;
        long inRun = from - run * length;
        long unitOfRun = inRun / unit;
        while (at < to) {
            long next = Math.min((unitOfRun + 1) * unit - inRun, to - at);
            if (used == null ? inUse : used.contain(run, unitOfRun) == inUse) {
                long inWhole = first + run * distance + inRun;
                if (bytes > 0 && (begin + bytes != inWhole || beginInPacked + bytes != at)) {
                    stretch.at(begin, beginInPacked, bytes);
                    bytes = 0;
                }
                if (bytes == 0) {
                    begin = inWhole;
                    beginInPacked = at;
                }
                bytes += next;
                done += next;
            }
            at += next;
            inRun += next;
            unitOfRun++;
            if (inRun == length) {
                inRun = 0;
                unitOfRun = 0;
                run++;
            }
        }
        if (bytes > 0) {
            stretch.at(begin, beginInPacked, bytes);
        }
        return done;
    }
}
