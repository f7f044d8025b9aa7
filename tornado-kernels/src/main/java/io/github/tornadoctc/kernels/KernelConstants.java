package io.github.tornadoctc.kernels;

import io.github.tornadoctc.kernels.profile.Stage;

/**
 * What of a plan's capacity is compiled into its kernels.
 *
 * @param lanes work-items of a group of a recursion
 * @param blocks whether targets may have more pairs than there are lanes
 * @param fetchesAhead whether the recursions have what they load fetched into a cache before, see {@link CacheFetch}
 * @param softmaxWithRows whether {@link RowKernel} writes the {@link Softmax} of a gradient
 * @param gradientGroup work-items of a group of {@link GradientKernel}
 * @param rowGroup those of a group of {@link RowKernel}
 * @param kept scores of its row that a work-item of {@link RowKernel} keeps in local memory; 0 if it reads them again
 */
record KernelConstants(
        int lanes,
        boolean blocks,
        boolean fetchesAhead,
        boolean softmaxWithRows,
        int gradientGroup,
        int rowGroup,
        int kept) {
    /** Arrays of one value for each work-item that {@link RowKernel} has beside the scores. */
    private static final int ROW_ARRAYS = 4;

    /** Those for batches of at most these sizes. */
    static KernelConstants of(Sizes sizes) {
        int symbols = sizes.symbols();
        boolean softmaxWithRows = Stage.ofSoftmax(sizes.rows(), symbols, sizes.maxTargetLength()) == Stage.ROWS;
        return new KernelConstants(
                sizes.lanes(),
                sizes.hasBlocks(),
                Stage.isBeyondCache(sizes.rows(), symbols),
                softmaxWithRows,
                RowLanes.groupOfGradient(symbols, !softmaxWithRows),
                RowLanes.group(symbols),
                RowLanes.kept(symbols));
    }

    /** Whether kernels with these compute a batch that would need {@code other}. */
    boolean cover(KernelConstants other) {
        return lanes >= other.lanes
                && (blocks || !other.blocks)
                && gradientGroup >= other.gradientGroup
                && rowGroup >= other.rowGroup
                && keepsRowsOf(other);
    }

    private boolean keepsRowsOf(KernelConstants other) {
        return kept == 0 || (other.kept > 0 && kept >= other.kept);
    }

    /** Those that cover both. */
    KernelConstants max(KernelConstants other) {
        return new KernelConstants(
                Math.max(lanes, other.lanes),
                blocks || other.blocks,
                fetchesAhead || other.fetchesAhead,
                softmaxWithRows && other.softmaxWithRows,
                Math.max(gradientGroup, other.gradientGroup),
                Math.max(rowGroup, other.rowGroup),
                kept == 0 || other.kept == 0 ? 0 : Math.max(kept, other.kept));
    }

    /** The scores that a group of {@link RowKernel} keeps on a device with so many bytes of local memory, or 0. */
    int keptOfGroup(long localMemory) {
        return (long) Float.BYTES * (kept + ROW_ARRAYS) * rowGroup <= localMemory ? kept * rowGroup : 0;
    }
}
