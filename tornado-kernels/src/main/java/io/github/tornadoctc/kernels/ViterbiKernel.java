package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Viterbi's recursion over all utterances of a batch in one launch: δ(t, s), the best that a path has added up which is in
 * state s at frame t, and from where it came. {@link AlignmentPlan} has the host trace the paths back.
 *
 * <p>Group b has utterance b. As in {@link ApproachKernel} a work-item holds a pair of states, a blank and the label after
 * it, in registers; only the label of the pair before crosses work-items, through double-buffered local memory, with one
 * barrier per frame. A target with more pairs than the group has work-items is done a block of pairs at a time.
 *
 * <p>δ is a sum of doubles, each the difference of a score and its row's largest, as every other backend adds them up: so
 * the path is the same. Addition and comparison are all that is done in double. What a GPU waits for is the barrier and
 * the scores, which are on their way a frame ahead.
 *
 * <p>Where a path came from takes a bit for a blank and two for a label. A work-item collects those of eight frames in an
 * int, which is 2 bits a state, and neighbouring work-items write neighbouring ints.
 */
final class ViterbiKernel {
    /** Frames whose pointers are in one int, at {@value #POINTER_BITS} bits each. */
    static final int FRAMES_PER_WORD = 8;

    static final int POINTER_BITS = 4;

    /** The blank was entered from the label before it. */
    static final int BLANK_STEP = 1;
    /** The label was entered from the blank before it. */
    static final int LABEL_STEP = 2;
    /** The label was entered from the label before it, whatever {@link #LABEL_STEP} says. */
    static final int LABEL_SKIP = 4;

    /** In place of an end, of an utterance that has no path. */
    static final int NO_END = -1;

    /**
     * What a symbol adds that cannot be emitted, and what is in a state that cannot be reached: kernels know no infinity.
     * Finite scores of a million frames add up to no less than −1e45.
     */
    static final double IMPOSSIBLE = -1e200;

    private ViterbiKernel() {}

    /**
     * Aligns every utterance.
     *
     * @param scores {@code [T][B][V]} or {@code [B][T][V]}, as the strides of the description say
     * @param rowMax {@code [T][B]}, from {@link RowKernel}
     * @param rowNormaliser {@code [T][B]}, from {@link RowKernel}
     * @param wildcards {@code [B][pairs]}: 1 where the blank of a pair is a wildcard
     * @param cost what a frame in a wildcard costs: 1 if it is a log-probability by itself, else 0; and the number of nats
     * @param pointers {@code [B][words][pairs]} out, words of {@value #FRAMES_PER_WORD} frames, the first one lowest
     * @param ends {@code [B]} out: the state at the last frame, or {@link #NO_END}
     * @param borders {@code [B][2][T+1]} between the blocks of a target; not used, and of any length, if every target has
     *     a lane for each pair
     * @param lanes work-items per group; a constant of the kernel
     * @param blocks 1 if a target may have more pairs than the group has work-items, else 0; a constant of the kernel
     */
    static void viterbi(
            KernelContext context,
            IntArray description,
            FloatArray scores,
            FloatArray rowMax,
            FloatArray rowNormaliser,
            IntArray wildcards,
            DoubleArray cost,
            IntArray pointers,
            IntArray ends,
            DoubleArray borders,
            int lanes,
            int blocks) {
        int timeSteps = description.get(Header.TIME_STEPS);
        int batch = description.get(Header.BATCH);
        int pairs = description.get(Header.PAIRS);
        int frameStride = description.get(Header.FRAME_STRIDE);
        int b = context.groupIdx;
        int lane = context.localIdx;
        int length = description.get(description.get(Header.INPUT_LENGTHS) + b);
        int targetLength = description.get(description.get(Header.TARGET_LENGTHS) + b);
        int labels = description.get(Header.LABELS) + b * (pairs - 1);
        int utterance = b * description.get(Header.UTTERANCE_STRIDE);
        int words = words(timeSteps);
        int blankColumn = utterance + description.get(Header.BLANK);
        double costIsConstant = cost.get(0);
        double nats = cost.get(1);
        int logits = description.get(Header.LOGITS);
        int last = TornadoMath.max(length - 1, 0);

        // of each pair the label, one place up: in place 0, where the first pair looks, there is nothing
        double[] crossing = context.allocateDoubleLocalArray(2 * (lanes + 1));
        int second = lanes + 1;
        if (lane == 0) {
            crossing[0] = IMPOSSIBLE;
            crossing[second] = IMPOSSIBLE;
        }

        int blocksEnd = blocks == 1 ? targetLength + 1 : 1;
        for (int first = 0; first < blocksEnd; first += lanes) {
            int i = first + lane;
            boolean exists = i <= targetLength;
            boolean maySkip = Lattice.maySkip(description, labels, 0, i, targetLength);
            int labelColumn = blankColumn;
            if (i < targetLength) {
                labelColumn = utterance + description.get(labels + i);
            }
            boolean wild = exists && wildcards.get(b * pairs + TornadoMath.min(i, pairs - 1)) == 1;
            int bordersIn = (2 * b + (first / lanes + 1) % 2) * (timeSteps + 1);
            int bordersOut = (2 * b + first / lanes % 2) * (timeSteps + 1);
            int word = b * words * pairs + i;

            // before the first frame every path is in the first blank
            double blank = i == 0 ? 0.0 : IMPOSSIBLE;
            double label = IMPOSSIBLE;
            int bits = 0;
            int shift = 0;
            int half = 0;

            float nextBlank = 0f;
            float nextLabel = 0f;
            float nextTop = 0f;
            float nextNormaliser = 0f;
            if (length > 0) {
                nextBlank = scores.get(blankColumn);
                nextLabel = scores.get(labelColumn);
                nextTop = rowMax.get(b);
                nextNormaliser = rowNormaliser.get(b);
            }
            for (int t = 0; t < length; t++) {
                crossing[half + lane + 1] = label;
                if (blocks == 1) {
                    if (lane == 0 && first > 0) {
                        crossing[half] = borders.get(bordersIn + t);
                    }
                    if (lane == lanes - 1 && i < targetLength) {
                        borders.set(bordersOut + t, label);
                    }
                }
                context.localBarrier();
                double before = crossing[half + lane];
                half = second - half;
                float blankScore = nextBlank;
                float labelScore = nextLabel;
                float top = nextTop;
                float normaliser = nextNormaliser;
                int next = TornadoMath.min(t + 1, last);
                nextBlank = scores.get(next * frameStride + blankColumn);
                nextLabel = scores.get(next * frameStride + labelColumn);
                nextTop = rowMax.get(next * batch + b);
                nextNormaliser = rowNormaliser.get(next * batch + b);

                double ofBlank = relative(blankScore, top);
                if (wild) {
                    double any = wildcard(costIsConstant, nats, logits, top, normaliser);
                    ofBlank = any > ofBlank ? any : ofBlank;
                }
                double ofLabel = relative(labelScore, top);
                bits += pointer(blank, label, before, maySkip) << shift;
                double best = blank > label ? blank : label;
                double skipping = maySkip ? before : IMPOSSIBLE;
                label = (skipping > best ? skipping : best) + ofLabel;
                blank = (before > blank ? before : blank) + ofBlank;
                shift += POINTER_BITS;
                if (shift == POINTER_BITS * FRAMES_PER_WORD || t == last) {
                    if (exists) {
                        pointers.set(word, bits);
                    }
                    word += pairs;
                    bits = 0;
                    shift = 0;
                }
            }
            // an end is entered as a blank is one frame later
            crossing[half + lane + 1] = label;
            if (blocks == 1) {
                if (lane == 0 && first > 0) {
                    crossing[half] = borders.get(bordersIn + length);
                }
                if (lane == lanes - 1 && i < targetLength) {
                    borders.set(bordersOut + length, label);
                }
            }
            context.localBarrier();
            double before = crossing[half + lane];
            if (i == targetLength) {
                double best = before > blank ? before : blank;
                int end = before > blank ? 2 * targetLength - 1 : 2 * targetLength;
                ends.set(b, best > 0.5 * IMPOSSIBLE ? end : NO_END);
            }
            if (blocks == 1) {
                // borders must have reached memory before the next block reads them, and labels have been read from
                // local memory before it writes there
                context.globalBarrier();
                context.localBarrier();
            }
        }
    }

    /** A score less its row's largest. */
    private static double relative(float score, float top) {
        double difference = (double) score - (double) top;
        return Emission.isPossible(score) ? difference : IMPOSSIBLE;
    }

    /** What a frame in a wildcard costs, relative to its row's largest score. */
    private static double wildcard(double costIsConstant, double nats, int logits, float top, float normaliser) {
        double constant = logits == 1 ? nats - normaliser : nats - top;
        boolean masked = top <= RowKernel.LOWEST_SCORE;
        double ofMasked = costIsConstant > 0.5 ? nats : IMPOSSIBLE;
        double ofOthers = costIsConstant > 0.5 ? constant : -nats;
        return masked ? ofMasked : ofOthers;
    }

    /** From where the best paths come into a pair's states; of equals from the nearest. */
    private static int pointer(double blank, double label, double before, boolean maySkip) {
        double best = blank > label ? blank : label;
        int pointer = before > blank ? BLANK_STEP : 0;
        pointer += blank > label ? LABEL_STEP : 0;
        return pointer + (maySkip && before > best ? LABEL_SKIP : 0);
    }

    /** Ints that the pointers of a pair take. */
    static int words(int timeSteps) {
        return (timeSteps + FRAMES_PER_WORD - 1) / FRAMES_PER_WORD;
    }

    /** The state a frame earlier, on the way to state s at frame t, with the pointers of its pair. */
    static int before(int word, int t, int s) {
        int pointer = word >>> (t % FRAMES_PER_WORD * POINTER_BITS);
        if (s % 2 == 0) {
            return s - (pointer & BLANK_STEP);
        }
        return (pointer & LABEL_SKIP) != 0 ? s - 2 : s - (pointer & LABEL_STEP) / LABEL_STEP;
    }
}
