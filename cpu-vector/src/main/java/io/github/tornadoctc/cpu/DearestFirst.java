package io.github.tornadoctc.cpu;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** The order in which utterances go to threads: the dearest first, so that threads end together. */
final class DearestFirst {
    private DearestFirst() {}

    /**
     * Orders {@code count} utterances; on one thread they stay in their own order, in which neighbours are neighbours in
     * memory.
     *
     * @param order room for them; see {@link #utterance}
     */
    static void sort(long[] order, int count, int threads, IntToLongFunction cost) {
        for (int b = 0; b < count; b++) {
            order[b] = -Math.min(cost.applyAsLong(b), Integer.MAX_VALUE) << Integer.SIZE | b;
        }
        if (threads > 1) {
            Arrays.sort(order, 0, count);
        }
    }

    /** The utterance of a rank, the dearest being of rank 0. */
    static int utterance(long[] order, int rank) {
        return (int) order[rank];
    }
}
