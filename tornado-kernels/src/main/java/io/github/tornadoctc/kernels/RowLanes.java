package io.github.tornadoctc.kernels;

import java.util.stream.IntStream;
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
     * The most that share a row whose scores they keep in local memory, and the most that each of them keeps. These, and
     * what else such a group has there, are 46 KiB of the 48 that it has on CUDA.
     */
    private static final int MOST_THAT_KEEP = 128;

    private static final int MOST_KEPT = 88;

    private static final int[] KEPT = {16, 32, 64, MOST_KEPT};

    /** From so many symbols on a row is long enough for a group of its own, or of few. */
    private static final int LONG_ROW = 256;

    private static final int LEAST_GROUP_OF_LONG_ROWS = 64;

    private RowLanes() {}

    /**
     * Those of {@link RowKernel}, a power of two. Four symbols each of an alphabet, so that a small batch fills a device;
     * eight from 64 symbols on; and from 256 on 16 work-items, or one for 32 symbols: fewer would spend less on what each
     * has to do once, and leave more of the device waiting for memory, since it is local memory that says how many rows are
     * under way at once.
     */
    static int of(int symbols) {
        int lanes;
        if (symbols < 64) {
            lanes = symbols / 4;
        } else if (symbols < LONG_ROW) {
            lanes = symbols / 8;
        } else if (canKeep(symbols)) {
            lanes = Math.clamp(symbols / WARP, 16, MOST_THAT_KEEP);
        } else {
            lanes = MOST;
        }
        return Integer.highestOneBit(Math.max(FEWEST, lanes));
    }

    /**
     * How many scores each of them keeps in local memory: at least as many as it has, of few sizes, since each is another
     * kernel; 0 if they are too many, of V above 11264.
     */
    static int kept(int symbols) {
        int each = Math.ceilDiv(symbols, of(symbols));
        return canKeep(symbols)
                ? IntStream.of(KEPT).filter(kept -> kept >= each).findFirst().orElseThrow()
                : 0;
    }

    private static boolean canKeep(int symbols) {
        return symbols <= MOST_THAT_KEEP * MOST_KEPT;
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
     * Work-items of a group of {@link RowKernel}. They wait for each other, so of long rows a group has few: on an H200 with
     * 1024 symbols 64 of them take a twelfth less than 256, and 32 or 128 are slower than 64. Of short rows it makes no
     * difference.
     */
    static int group(int symbols) {
        return symbols < LONG_ROW ? MOST : Math.max(of(symbols), LEAST_GROUP_OF_LONG_ROWS);
    }

    /** The same of {@link GradientKernel}, with the argument of {@link #ofGradient}. */
    static int groupOfGradient(int symbols, boolean writesSoftmax) {
        return symbols < LONG_ROW ? MOST : Math.max(ofGradient(symbols, writesSoftmax), LEAST_GROUP_OF_LONG_ROWS);
    }

    /**
     * What is a multiple of 8, so that a compiler sees it: it reads four values of local memory at once where it knows that
     * they begin at a multiple of 16 bytes.
     */
    static int multipleOfEight(int n) {
        return n & -8;
    }

    /** How many values a work-item reads in each of two steps that add up those of a row. */
    static int reads(int lanes) {
        return lanes > 64 ? 16 : 8;
    }
}
