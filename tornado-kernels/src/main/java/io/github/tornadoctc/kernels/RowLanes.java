package io.github.tornadoctc.kernels;

/**
 * How many work-items share a row of scores in {@link RowKernel} and {@link GradientKernel}, and in which steps they add up
 * what they have. All of it depends on V alone, and so do the bits of a row's sums.
 */
final class RowLanes {
    private static final int WARP = 32;

    private RowLanes() {}

    /**
     * Those of {@link RowKernel}, a power of two. Four symbols each of an alphabet, so that a small batch fills a device;
     * eight from 64 symbols on; and from 256 on 16 work-items, or one for 64 symbols, since what costs the time there is
     * what each has to do once. On an H200 as many or twice as many take about as long, and half of them a quarter longer.
     */
    static int of(int symbols) {
        int lanes;
        if (symbols < 64) {
            lanes = symbols / 4;
        } else if (symbols < 256) {
            lanes = symbols / 8;
        } else {
            lanes = Math.clamp(symbols / 64, 16, RowKernel.GROUP);
        }
        return Integer.highestOneBit(Math.max(1, lanes));
    }

    /**
     * Those of {@link GradientKernel}, a power of two. A warp of an alphabet, whose targets may have ten times as many states
     * as it has symbols; eight symbols each from 64 on; from 256 on two warps, from 2048 on one work-item for 32 symbols;
     * and from 5000 on all {@value GradientKernel#GROUP}, since there the memory costs the time.
     */
    static int ofGradient(int symbols) {
        int lanes;
        if (symbols < 64) {
            lanes = WARP;
        } else if (symbols < 256) {
            lanes = symbols / 8;
        } else if (symbols < 5000) {
            lanes = Math.max(2 * WARP, symbols / WARP);
        } else {
            lanes = GradientKernel.GROUP;
        }
        return Integer.highestOneBit(lanes);
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
