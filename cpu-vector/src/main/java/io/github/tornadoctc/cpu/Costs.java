package io.github.tornadoctc.cpu;

/**
 * What the utterances of a batch cost, the dearest first, estimated in symbols of a row; and how many of them had better
 * be split so that threads end together.
 */
final class Costs {
    /** What a pair of states costs in symbols of a row, over all passes, roughly. */
    private static final int PAIR = 4;

    /** Passes over the states when one thread does a step: α, α again, and β with the gradient. */
    private static final int PASSES = 3;

    /** Cost below which handing out parts takes longer than computing them (some 50 µs). */
    private static final long WORTH_SPLITTING = 200_000;

    /** How far beyond the least time that is possible threads may end, if fewer utterances are split for that. */
    private static final double NEARLY_TOGETHER = 1.05;

    private final long[] rows;
    private final long[] pairs;
    private final boolean gradient;

    /**
     * Costs of utterances, the dearest first.
     *
     * @param rows {@link #rows(int, int)} of each
     * @param pairs {@link #pairs(int, int)} of each
     * @param gradient whether there are two directions and segments, or α alone
     */
    Costs(long[] rows, long[] pairs, boolean gradient) {
        this.rows = rows;
        this.pairs = pairs;
        this.gradient = gradient;
    }

    /** What the rows of an utterance cost, T·V. */
    static long rows(int frames, int symbols) {
        return (long) frames * symbols;
    }

    /** What its pairs of states cost. */
    static long pairs(int frames, int labels) {
        return (long) frames * PAIR * (labels + 1L);
    }

    static boolean isWorthSplitting(long cost) {
        return cost >= WORTH_SPLITTING;
    }

    boolean gradient() {
        return gradient;
    }

    long rows(int rank) {
        return rows[rank];
    }

    int utterances() {
        return rows.length;
    }

    long whole(int rank) {
        return rows[rank] + pairs[rank];
    }

    /** α or β of an utterance. */
    long direction(int rank) {
        return gradient ? pairs[rank] / PASSES : pairs[rank];
    }

    /** Two, or α alone. */
    int directions() {
        return gradient ? 2 : 1;
    }

    /**
     * How many utterances to split, the dearest ones: as few as possible, if then no thread has much more to do than its
     * share, or, if that is more, half of the dearest utterance.
     */
    Splitting split(int threads) {
        int most = 0;
        long total = 0;
        for (int rank = 0; rank < utterances(); rank++) {
            most += isWorthSplitting(whole(rank)) ? 1 : 0;
            total += whole(rank);
        }
        if (threads == 1 || most == 0) {
            return Splitting.NONE;
        }
        double limit = NEARLY_TOGETHER * Math.max((double) total / threads, whole(0) / 2.0);
        most = Math.min(most, threads);
        for (int split = 0; split <= most; split++) {
            for (boolean rowsFirst : new boolean[] {true, false}) {
                Splitting splitting = new Splitting(split, rowsFirst);
                if (new Allotment(this, splitting, threads, limit).fits()) {
                    return splitting;
                }
            }
        }
        return new Splitting(most, true);
    }
}
