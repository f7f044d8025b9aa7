package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;

/**
 * The sizes that buffers depend on.
 *
 * @param timeSteps T
 * @param batchSize B
 * @param symbols V
 * @param maxTargetLength Umax
 * @param gradient whether the gradient is wanted
 * @param lanes work-items of a group of {@link ApproachKernel} and {@link DepartKernel}
 */
record Sizes(int timeSteps, int batchSize, int symbols, int maxTargetLength, boolean gradient, int lanes) {
    private static final int WARP = 32;

    /**
     * The most lanes of a recursion, whatever the device allows. A GPU's 65536 registers are enough for 512 lanes of
     * 128 registers each, and the kernels take 80 and 120 of them (NVRTC 13.0, sm_90); for 1024 lanes they are not.
     */
    private static final int MOST_LANES = 512;

    /**
     * The most lanes where targets are done in blocks of them. Those kernels take more registers, how many a driver's
     * compiler decides: of 255, the most that an NVIDIA GPU gives a work-item, its 65536 are enough for 256 lanes. On more
     * of them OpenCL's driver has refused a launch, and TornadoVM 5.2.0 goes on without.
     */
    private static final int MOST_LANES_OF_BLOCKS = 256;

    /** The sizes of a part of a batch, on a device that has groups of at most {@code mostLanes} work-items. */
    static Sizes of(BatchPart part, boolean gradient, int mostLanes) {
        CtcBatch batch = part.batch();
        return of(part.timeSteps(), part.size(), batch.symbols(), batch.maxTargetLength(), gradient, mostLanes);
    }

    /** These sizes, with a lane for every pair, in whole warps, or else with blocks of as many lanes as there may be. */
    static Sizes of(int timeSteps, int batchSize, int symbols, int maxTargetLength, boolean gradient, int mostLanes) {
        int wanted = Math.ceilDiv(maxTargetLength + 1, WARP) * WARP;
        boolean blocks = wanted > Math.min(mostLanes, MOST_LANES);
        int lanes = blocks ? Math.min(mostLanes, MOST_LANES_OF_BLOCKS) : wanted;
        return new Sizes(timeSteps, batchSize, symbols, maxTargetLength, gradient, lanes);
    }

    /** The same for the longest targets that as many lanes do in one block, if these do. */
    Sizes withLanesFilled() {
        return hasBlocks() ? this : new Sizes(timeSteps, batchSize, symbols, lanes - 1, gradient, lanes);
    }

    /** T·B, rows of V scores. */
    long rows() {
        return (long) timeSteps * batchSize;
    }

    /** Umax + 1, pairs of a blank and the label after it, of which the last has no label. */
    long pairs() {
        return maxTargetLength + 1L;
    }

    /** Whether a target may have more pairs than there are lanes, and so is done in blocks of them. */
    boolean hasBlocks() {
        return lanes < pairs();
    }
}
