package io.github.tornadoctc.kernels;

/**
 * How many work-items share a row of scores in {@link RowKernel} and {@link GradientKernel}, and in which steps they add
 * up what they have. Both depend on V alone, and so do the bits of a row's sums.
 */
final class RowLanes {
    private static final int WARP = 32;

    private RowLanes() {}

    /**
     * A power of two. Four symbols each of an alphabet, so that a small batch fills a device; eight from 64 symbols on;
     * from 256 on a row has 32 work-items, from 2048 on one for 32 symbols, since what costs the time there is what each
     * has to do once; and from 5000 on all {@value RowKernel#GROUP}, since there the memory costs it. Half of them would
     * take a sixth less time for the rows of 5000 symbols on an H200, but of thousands of equal terms each would add up
     * more than a float has room for.
     */
    static int of(int symbols) {
        int lanes;
        if (symbols < 64) {
            lanes = symbols / 4;
        } else if (symbols < 256) {
            lanes = symbols / 8;
        } else if (symbols < 5000) {
            lanes = Math.max(WARP, symbols / WARP);
        } else {
            lanes = RowKernel.GROUP;
        }
        return Integer.highestOneBit(Math.max(1, lanes));
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
