package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * How many work-items share a row of scores in {@link RowKernel} and {@link GradientKernel}, how many of them add up a sum
 * and in which steps, and how many are a group. What a sum's bits depend on depends on V alone.
 */
final class RowLanes {
    /** The most that can share a row, or be a group. */
    static final int MOST = 256;

    private static final int WARP = 32;

    /** From so many symbols on a row is long enough for a group of its own, or of few. */
    private static final int LONG_ROW = 256;

    private static final int LEAST_GROUP_OF_LONG_ROWS = 64;

    private RowLanes() {}

    /**
     * Those of {@link RowKernel}, a power of two. Four symbols each of an alphabet, so that a small batch fills a device;
     * eight from 64 symbols on; and from 256 on 16 work-items, from 1024 on 32, or one for 64 symbols, since what costs the
     * time there is what each has to do once. On an H200 half of them take a quarter longer, and twice as many about as
     * long; at 1024 symbols 16 are 4 percent faster than 32 by themselves, and 18 percent slower where they write the
     * softmax.
     */
    static int of(int symbols) {
        int lanes;
        if (symbols < 64) {
            lanes = symbols / 4;
        } else if (symbols < LONG_ROW) {
            lanes = symbols / 8;
        } else {
            lanes = Math.clamp(symbols / 64, symbols < 1024 ? 16 : WARP, MOST);
        }
        return Integer.highestOneBit(Math.max(1, lanes));
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
        return TornadoMath.min(lanesOfGradient, WARP);
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
