package io.github.tornadoctc.cpu.align;

/**
 * From where the best path came into each state, for a number of frames over a window of pairs: an int for each eight
 * pairs, which is two bits for each of their states. A path that came from elsewhere than by staying has a bit set.
 */
final class BackPointers {
    /** The blank was entered from the label before it. */
    private static final int BLANK_STEP = 0;
    /** The label was entered from the blank before it. */
    private static final int LABEL_STEP = 8;
    /** The label was entered from the label before it, whatever {@link #LABEL_STEP} says. */
    private static final int LABEL_SKIP = 16;

    /** The pointers of eight pairs of a frame at {@link #at}. */
    int[] bits = {};

    private int first;
    private int groups;

    /** Makes room for so many frames of pairs [first, first + 8 · groups); {@code first} is a multiple of 8. */
    void prepare(int frames, int firstPair, int groupCount) {
        first = firstPair;
        groups = groupCount;
        long length = (long) frames * groupCount;
        if (bits.length < length) {
            bits = new int[Math.toIntExact(length)];
        }
    }

    /** What so many frames of so many groups of eight pairs take. */
    static long bytes(int frames, int groups) {
        return (long) frames * Integer.BYTES * groups;
    }

    /**
     * Where the pointers of eight pairs are, of which {@code pair} is the first: eight bits for the blanks that were
     * stepped to, above them eight for such labels, above them eight for the labels that were skipped to.
     */
    int at(int row, int pair) {
        return row * groups + ((pair - first) >> 3);
    }

    /** The state a frame earlier, on the way to state s at the frame of that row. Without branches, which nobody foresees. */
    int before(int row, int s) {
        int pair = s >> 1;
        int steps = bits[at(row, pair)] >> (pair & 7);
        int skip = (steps >> LABEL_SKIP) & 1;
        int labelSteps = (skip << 1) | ((steps >> LABEL_STEP) & 1 & ~skip);
        int isLabel = -(s & 1);
        return s - ((labelSteps & isLabel) | ((steps >> BLANK_STEP) & 1 & ~isLabel));
    }
}
