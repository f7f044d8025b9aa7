package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;

/**
 * What a compiled plan has room for. Buffers are flat, so it is their lengths that count, not T, B, V and U one by
 * one; only the number of lanes, and whether there are blocks of them, is compiled in. No buffer is empty, since an
 * array of no elements is none to TornadoVM.
 *
 * @param utterances B
 * @param scores T·B·V
 * @param rows T·B
 * @param emissions T·B·min(V, Umax+1)
 * @param description ints of a {@link BatchDescription}
 * @param states B·T·2(Umax+1), or 1 where no gradient is wanted
 * @param middle B·4(Umax+1)
 * @param borders 4·B·T if there are more pairs than lanes, else 1
 * @param lanes work-items of a group of {@link RecursionKernel}
 */
record Capacity(
        int utterances,
        long scores,
        long rows,
        long emissions,
        long description,
        long states,
        long middle,
        long borders,
        int lanes) {
    private static final int WARP = 32;

    /**
     * The most lanes of a recursion, whatever the device allows: so many share a GPU's 65536 registers at 128 each, and
     * the kernel takes 72 (NVRTC 13.0, sm_90), which for 1024 lanes there are not.
     */
    static final int MOST_LANES = 512;

    /** What at least one utterance of a batch needs. */
    static Capacity of(BatchPart part, boolean gradient, int mostLanes) {
        CtcBatch batch = part.batch();
        return of(batch.timeSteps(), part.size(), batch.symbols(), batch.maxTargetLength(), gradient, mostLanes);
    }

    /** What batches of at most these sizes need. */
    static Capacity of(
            int timeSteps, int batchSize, int symbols, int maxTargetLength, boolean gradient, int mostLanes) {
        long utterances = batchSize;
        long rows = timeSteps * utterances;
        int pairs = maxTargetLength + 1;
        int lanes = lanes(pairs, mostLanes);
        return new Capacity(
                batchSize,
                length(rows * symbols),
                length(rows),
                length(rows * BatchDescription.columns(symbols, pairs)),
                length(BatchDescription.length(utterances, pairs - 1)),
                length(gradient ? rows * 2 * pairs : 0),
                length(4 * utterances * pairs),
                length(lanes < pairs ? 4 * rows : 0),
                lanes);
    }

    private static long length(long elements) {
        return Math.max(elements, 1);
    }

    /** A lane for every pair, in whole warps, or as many lanes as there may be. */
    private static int lanes(int pairs, int mostLanes) {
        return Math.min(Math.ceilDiv(pairs, WARP) * WARP, Math.min(mostLanes, MOST_LANES));
    }

    /** Whether targets may have more pairs than there are lanes. */
    boolean hasBlocks() {
        return borders > 1;
    }

    /** Whether a plan of this capacity serves a batch that needs {@code other}. */
    boolean covers(Capacity other) {
        return equals(max(other));
    }

    /** Room for either. */
    Capacity max(Capacity other) {
        return new Capacity(
                Math.max(utterances, other.utterances),
                Math.max(scores, other.scores),
                Math.max(rows, other.rows),
                Math.max(emissions, other.emissions),
                Math.max(description, other.description),
                Math.max(states, other.states),
                Math.max(middle, other.middle),
                Math.max(borders, other.borders),
                Math.max(lanes, other.lanes));
    }

    /** The bytes of all device buffers of a plan. */
    long bytes(boolean gradient) {
        long floats = (gradient ? 2L : 1L) * scores + 2 * rows + emissions + states + middle + borders;
        long ints = emissions + description + states + middle + borders + 2L * utterances;
        return 4 * (floats + ints);
    }

    /** The elements of the largest device buffer, of four bytes each. */
    long largestBuffer() {
        return Math.max(
                Math.max(scores, states),
                Math.max(Math.max(emissions, description), Math.max(Math.max(rows, middle), borders)));
    }
}
