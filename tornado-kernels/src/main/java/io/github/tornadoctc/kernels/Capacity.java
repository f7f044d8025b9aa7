package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;

/**
 * What a compiled plan has room for. Buffers are flat, so it is their lengths that count, not T, B, V and U one by
 * one; only the number of lanes is compiled in.
 *
 * @param utterances B
 * @param scores T·B·V
 * @param rows T·B
 * @param labels B·Umax
 * @param states B·T·2(Umax+1), or 0 where no gradient is wanted
 * @param middle B·4(Umax+1)
 * @param borders 4·B·T if there are more pairs than lanes, else 0
 * @param lanes work-items of a group of {@link RecursionKernel}
 */
record Capacity(int utterances, int scores, int rows, int labels, int states, int middle, int borders, int lanes) {
    private static final int WARP = 32;

    /** What a batch needs. */
    static Capacity of(CtcBatch batch, boolean gradient, int mostLanes) {
        long utterances = batch.batchSize();
        long rows = batch.timeSteps() * utterances;
        long statesPerFrame = 2L * (batch.maxTargetLength() + 1);
        int lanes = lanes(batch.maxTargetLength() + 1, mostLanes);
        return new Capacity(
                batch.batchSize(),
                index("timeSteps * batchSize * symbols", rows * batch.symbols()),
                index("timeSteps * batchSize", rows),
                index("batchSize * longest target", utterances * batch.maxTargetLength()),
                gradient ? index("timeSteps * batchSize * states", rows * statesPerFrame) : 0,
                index("batchSize * states", 2 * utterances * statesPerFrame),
                lanes <= batch.maxTargetLength() ? index("4 * timeSteps * batchSize", 4 * rows) : 0,
                lanes);
    }

    private static int index(String what, long length) {
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%s = %d is more than a TornadoVM array holds, %d".formatted(what, length, Integer.MAX_VALUE));
        }
        return (int) length;
    }

    /** A lane for every pair, in whole warps, or as many lanes as the device has. */
    private static int lanes(int pairs, int mostLanes) {
        return Math.min(Math.ceilDiv(pairs, WARP) * WARP, mostLanes);
    }

    /** Whether a plan of this capacity serves a batch that needs {@code other}. */
    boolean covers(Capacity other) {
        return utterances >= other.utterances
                && scores >= other.scores
                && rows >= other.rows
                && labels >= other.labels
                && states >= other.states
                && middle >= other.middle
                && borders >= other.borders
                && lanes >= other.lanes;
    }

    /** Room for either. */
    Capacity max(Capacity other) {
        return new Capacity(
                Math.max(utterances, other.utterances),
                Math.max(scores, other.scores),
                Math.max(rows, other.rows),
                Math.max(labels, other.labels),
                Math.max(states, other.states),
                Math.max(middle, other.middle),
                Math.max(borders, other.borders),
                Math.max(lanes, other.lanes));
    }

    /** The bytes of all device buffers of a plan. */
    long bytes(boolean gradient) {
        long inputs = 4L * scores + 3L * 4 * utterances + 4L * labels;
        long rowBuffers = 4L * 4 * rows;
        long recursion = 8L * states + 8L * middle + 8L * borders + 3L * 4 * utterances;
        long forGradient = gradient ? 4L * scores + 8L * labels + 8L * utterances : 0;
        return inputs + rowBuffers + recursion + forGradient;
    }

    /** The bytes of the largest device buffer. */
    long largestBuffer() {
        return 4L * Math.max(scores, states);
    }
}
