package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * How many work-items share a row of scores in {@link RowKernel} and {@link GradientKernel}, how many of them add up a sum
 * and in which steps, and how many are a group. What a sum's bits depend on depends on V alone.
 */
final class RowLanes {
    /** The most that can share a row, or be a group. */
    static final int MOST = 256;

    /** As many as read each other's values at once, see {@link #reads}. */
    private static final int FEWEST = 8;

    private static final int WARP = 32;

    /** The logarithm of the most that add up the posteriors of a row, to the base 2. */
    static final int LOG2_MOST_ADDING = 5;

    /**
     * The most scores that a work-item keeps in local memory: those of {@link #MOST}, and what else they have there, are
     * 47.4 KiB of the 48 that a group has on CUDA.
     */
    private static final int MOST_KEPT = 44;

    /** From so many symbols on a row is long enough for a group of its own, or of few. */
    private static final int LONG_ROW = 256;

    private static final int LEAST_GROUP_OF_LONG_ROWS = 64;

    private RowLanes() {}

    /**
     * Those of {@link RowKernel}, a power of two. Four symbols each of an alphabet, so that a small batch fills a device;
     * eight from 64 symbols on; and from 256 on 16 work-items, or so many that each has 22 to 44 symbols: what costs the
     * time of fewer is what each has to do once.
     */
    static int of(int symbols) {
        int lanes;
        if (symbols < 64) {
            lanes = symbols / 4;
        } else if (symbols < LONG_ROW) {
            lanes = symbols / 8;
        } else {
            lanes = Math.clamp(symbols / (MOST_KEPT / 2), 16, MOST);
        }
        return Integer.highestOneBit(Math.max(FEWEST, lanes));
    }

    /**
     * How many scores each of them keeps in local memory: at least as many as it has, in few steps, since each is another
     * kernel; 0 if it has too many, of V above 11264.
     */
    static int kept(int symbols) {
        int each = Math.ceilDiv(symbols, 4 * of(symbols)) * 4;
        int kept = each <= MOST_KEPT ? MOST_KEPT : 0;
        if (symbols < LONG_ROW) {
            kept = 16;
        } else if (each <= 32) {
            kept = 32;
        }
        return kept;
    }

    /**
     * Those of {@link GradientKernel}, a power of two. A warp of an alphabet, whose targets may have ten times as many
     * states as it has symbols; eight symbols each from 64 on; and from 256 on a warp where there is a {@link Softmax}
     * already, and little to do. Where it is to be written, two warps, from 2048 on one work-item for 32 symbols, and from
     * 5000 on as many as there may be, since there the memory costs the time.
     *
     * @param writesSoftmax whether the kernel writes the softmax
     */
    static int ofGradient(int symbols, boolean writesSoftmax) {
        int lanes;
        if (symbols < 64) {
            lanes = WARP;
        } else if (symbols < LONG_ROW) {
            lanes = symbols / 8;
        } else if (!writesSoftmax) {
            lanes = WARP;
        } else if (symbols < 5000) {
            lanes = Math.max(2 * WARP, symbols / WARP);
        } else {
            lanes = MOST;
        }
        return Integer.highestOneBit(lanes);
    }

    /** Of those of a gradient's row, as many as add up its posteriors: the same whoever writes the softmax. */
    static int adding(int lanesOfGradient) {
        return TornadoMath.min(lanesOfGradient, 1 << LOG2_MOST_ADDING);
    }

    /**
     * Work-items of a group of both kernels. They wait for each other, so of long rows a group has few: on an H200 with 1024
     * symbols 64 of them take a twelfth less than 256, and 32 or 128 are slower than 64. Of short rows it makes no
     * difference.
     *
     * @param gradientWritesSoftmax see {@link #ofGradient}
     */
    static int group(int symbols, boolean gradientWritesSoftmax) {
        if (symbols < LONG_ROW) {
            return MOST;
        }
        int most = Math.max(of(symbols), ofGradient(symbols, gradientWritesSoftmax));
        return Math.max(most, LEAST_GROUP_OF_LONG_ROWS);
    }

    /** How many values a work-item reads in each of two steps that add up those of a row. */
    static int reads(int lanes) {
        return lanes > 64 ? 16 : 8;
    }

    /**
     * How many values are left for the second of two steps that add up one of each work-item; 1 if the first does all.
     * In a step every work-item reads at most 16 values, one after the other.
     */
    static int lastOfTwo(int lanes) {
        int values = 1;
        if (lanes > 64) {
            values = lanes / 16;
        } else if (lanes > 8) {
            values = lanes / 8;
        }
        return values;
    }
}
