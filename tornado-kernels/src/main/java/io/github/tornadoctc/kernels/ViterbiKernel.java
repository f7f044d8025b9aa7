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
 * the path is the same. Addition and comparison are all that is done in double.
 *
 * <p>Frames are done four at a time, written out, and what they read is on its way four frames ahead, for the reasons that
 * {@link ApproachKernel} gives. Those before the first four are done one at a time, and so are all of a batch with
 * wildcards, and of a target that is done in blocks.
 *
 * <p>Where a path came from takes a bit for a blank and two for a label. A work-item collects those of eight frames in an
 * int, which is 2 bits a state, and neighbouring work-items write neighbouring ints. The last frame's are highest in the
 * last int, so that every int but the first is full.
 */
final class ViterbiKernel {
    /** Frames whose pointers are in one int, at {@value #POINTER_BITS} bits each. */
    static final int FRAMES_PER_WORD = 8;

    static final int POINTER_BITS = 4;

    /** Frames written out. */
    private static final int FRAMES = 4;

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
     * @param cost what a frame in a wildcard costs: 1 if it is a log-probability by itself, else 0; the number of nats; and 1
     *     if there are wildcards, else 0
     * @param pointers {@code [B][words][pairs]} out, words of {@value #FRAMES_PER_WORD} frames, frame t of T_b at place
     *     t + {@link #skipped}
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
        int rowStep = description.get(Header.FRAME_STRIDE);
        int b = context.groupIdx;
        int lane = context.localIdx;
        int length = description.get(description.get(Header.INPUT_LENGTHS) + b);
        int targetLength = description.get(description.get(Header.TARGET_LENGTHS) + b);
        int labels = description.get(Header.LABELS) + b * (pairs - 1);
        int utterance = b * description.get(Header.UTTERANCE_STRIDE);
        int blankColumn = utterance + description.get(Header.BLANK);
        double costIsConstant = cost.get(0);
        double nats = cost.get(1);
        boolean hasWildcards = cost.get(2) > 0.5;
        int logits = description.get(Header.LOGITS);
        boolean inOrder = blocks == 1 || hasWildcards;
        int oneByOne = inOrder ? length : length % FRAMES;
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
            double skipCost = Lattice.maySkip(description, labels, 0, i, targetLength) ? 0.0 : IMPOSSIBLE;
            int labelColumn = blankColumn;
            if (i < targetLength) {
                labelColumn = utterance + description.get(labels + i);
            }
            boolean wild = exists && wildcards.get(b * pairs + TornadoMath.min(i, pairs - 1)) == 1;
            int bordersIn = (2 * b + (first / lanes + 1) % 2) * (timeSteps + 1);
            int bordersOut = (2 * b + first / lanes % 2) * (timeSteps + 1);
            int word = b * words(timeSteps) * pairs + i;

            // before the first frame every path is in the first blank
            double blank = i == 0 ? 0.0 : IMPOSSIBLE;
            double label = IMPOSSIBLE;
            int collected = 0;
            int shift = skipped(length) * POINTER_BITS;

            // the scores of this frame and the three after it, as far as there are so many
            int row = 0;
            int ahead = 0;
            float blank0 = 0f;
            float label0 = 0f;
            float top0 = 0f;
            float blank1 = 0f;
            float label1 = 0f;
            float top1 = 0f;
            float blank2 = 0f;
            float label2 = 0f;
            float top2 = 0f;
            float blank3 = 0f;
            float label3 = 0f;
            float top3 = 0f;
            if (length > 0) {
                blank0 = scores.get(row * rowStep + blankColumn);
                label0 = scores.get(row * rowStep + labelColumn);
                top0 = rowMax.get(row * batch + b);
                row = TornadoMath.min(1, last);
                blank1 = scores.get(row * rowStep + blankColumn);
                label1 = scores.get(row * rowStep + labelColumn);
                top1 = rowMax.get(row * batch + b);
                row = TornadoMath.min(2, last);
                blank2 = scores.get(row * rowStep + blankColumn);
                label2 = scores.get(row * rowStep + labelColumn);
                top2 = rowMax.get(row * batch + b);
                row = TornadoMath.min(3, last);
                blank3 = scores.get(row * rowStep + blankColumn);
                label3 = scores.get(row * rowStep + labelColumn);
                top3 = rowMax.get(row * batch + b);
            }

            int half = oneByOne % 2 == 0 ? 0 : second;
            for (int t = 0; t < oneByOne; t++) {
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
                double ofBlank = relative(blank0, top0);
                if (wild) {
                    double any = wildcard(costIsConstant, nats, logits, top0, rowNormaliser.get(t * batch + b));
                    ofBlank = any > ofBlank ? any : ofBlank;
                }
                double skipping = before + skipCost;
                double best = blank > label ? blank : label;
                int bits = before > blank ? BLANK_STEP : 0;
                bits += blank > label ? LABEL_STEP : 0;
                bits += skipping > best ? LABEL_SKIP : 0;
                blank = (before > blank ? before : blank) + ofBlank;
                label = (skipping > best ? skipping : best) + relative(label0, top0);
                collected += bits << shift;
                shift += POINTER_BITS;
                if (shift == POINTER_BITS * FRAMES_PER_WORD) {
                    if (exists) {
                        pointers.set(word, collected);
                    }
                    word += pairs;
                    collected = 0;
                    shift = 0;
                }

                blank0 = blank1;
                label0 = label1;
                top0 = top1;
                blank1 = blank2;
                label1 = label2;
                top1 = top2;
                blank2 = blank3;
                label2 = label3;
                top2 = top3;
                row = TornadoMath.min(t + FRAMES, last);
                blank3 = scores.get(row * rowStep + blankColumn);
                label3 = scores.get(row * rowStep + labelColumn);
                top3 = rowMax.get(row * batch + b);
            }

            int aheadRow = 0;
            row = oneByOne * rowStep;
            int topRow = oneByOne * batch + b;
            for (int t = oneByOne; t < length; t += FRAMES) {
                boolean more = t + FRAMES < length;
                row += FRAMES * rowStep;
                ahead = more ? row : row - rowStep;
                int aheadStep = more ? rowStep : 0;
                topRow += FRAMES * batch;
                aheadRow = more ? topRow : topRow - batch;
                int aheadRowStep = more ? batch : 0;

                crossing[lane + 1] = label;
                context.localBarrier();
                double before = crossing[lane];
                float nextBlank0 = scores.get(ahead + blankColumn);
                float nextLabel0 = scores.get(ahead + labelColumn);
                float nextTop0 = rowMax.get(aheadRow);
                ahead += aheadStep;
                aheadRow += aheadRowStep;
                float nextBlank1 = scores.get(ahead + blankColumn);
                float nextLabel1 = scores.get(ahead + labelColumn);
                float nextTop1 = rowMax.get(aheadRow);
                ahead += aheadStep;
                aheadRow += aheadRowStep;
                float nextBlank2 = scores.get(ahead + blankColumn);
                float nextLabel2 = scores.get(ahead + labelColumn);
                float nextTop2 = rowMax.get(aheadRow);
                ahead += aheadStep;
                aheadRow += aheadRowStep;
                float nextBlank3 = scores.get(ahead + blankColumn);
                float nextLabel3 = scores.get(ahead + labelColumn);
                float nextTop3 = rowMax.get(aheadRow);
                double skipping = before + skipCost;
                double best = blank > label ? blank : label;
                int bits = 0;
                bits += before > blank ? BLANK_STEP : 0;
                bits += blank > label ? LABEL_STEP : 0;
                bits += skipping > best ? LABEL_SKIP : 0;
                blank = (before > blank ? before : blank) + relative(blank0, top0);
                label = (skipping > best ? skipping : best) + relative(label0, top0);

                crossing[second + lane + 1] = label;
                context.localBarrier();
                before = crossing[second + lane];
                skipping = before + skipCost;
                best = blank > label ? blank : label;
                bits += before > blank ? BLANK_STEP << POINTER_BITS : 0;
                bits += blank > label ? LABEL_STEP << POINTER_BITS : 0;
                bits += skipping > best ? LABEL_SKIP << POINTER_BITS : 0;
                blank = (before > blank ? before : blank) + relative(blank1, top1);
                label = (skipping > best ? skipping : best) + relative(label1, top1);

                crossing[lane + 1] = label;
                context.localBarrier();
                before = crossing[lane];
                skipping = before + skipCost;
                best = blank > label ? blank : label;
                bits += before > blank ? BLANK_STEP << (2 * POINTER_BITS) : 0;
                bits += blank > label ? LABEL_STEP << (2 * POINTER_BITS) : 0;
                bits += skipping > best ? LABEL_SKIP << (2 * POINTER_BITS) : 0;
                blank = (before > blank ? before : blank) + relative(blank2, top2);
                label = (skipping > best ? skipping : best) + relative(label2, top2);

                crossing[second + lane + 1] = label;
                context.localBarrier();
                before = crossing[second + lane];
                skipping = before + skipCost;
                best = blank > label ? blank : label;
                bits += before > blank ? BLANK_STEP << (3 * POINTER_BITS) : 0;
                bits += blank > label ? LABEL_STEP << (3 * POINTER_BITS) : 0;
                bits += skipping > best ? LABEL_SKIP << (3 * POINTER_BITS) : 0;
                blank = (before > blank ? before : blank) + relative(blank3, top3);
                label = (skipping > best ? skipping : best) + relative(label3, top3);
                blank0 = nextBlank0;
                label0 = nextLabel0;
                top0 = nextTop0;
                blank1 = nextBlank1;
                label1 = nextLabel1;
                top1 = nextTop1;
                blank2 = nextBlank2;
                label2 = nextLabel2;
                top2 = nextTop2;
                blank3 = nextBlank3;
                label3 = nextLabel3;
                top3 = nextTop3;

                collected += bits << shift;
                shift += POINTER_BITS * FRAMES;
                if (shift == POINTER_BITS * FRAMES_PER_WORD) {
                    if (exists) {
                        pointers.set(word, collected);
                    }
                    word += pairs;
                    collected = 0;
                    shift = 0;
                }
            }

            // an end is entered as a blank is one frame later
            crossing[lane + 1] = label;
            if (blocks == 1) {
                if (lane == 0 && first > 0) {
                    crossing[0] = borders.get(bordersIn + length);
                }
                if (lane == lanes - 1 && i < targetLength) {
                    borders.set(bordersOut + length, label);
                }
            }
            context.localBarrier();
            double before = crossing[lane];
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

    /** A score less its row's largest, and of −∞ what a symbol adds that cannot be emitted. */
    private static double relative(float score, float top) {
        return TornadoMath.max((double) score - (double) top, IMPOSSIBLE);
    }

    /** What a frame in a wildcard costs, relative to its row's largest score. */
    private static double wildcard(double costIsConstant, double nats, int logits, float top, float normaliser) {
        double constant = logits == 1 ? nats - normaliser : nats - top;
        boolean masked = top <= RowKernel.LOWEST_SCORE;
        double ofMasked = costIsConstant > 0.5 ? nats : IMPOSSIBLE;
        double ofOthers = costIsConstant > 0.5 ? constant : -nats;
        return masked ? ofMasked : ofOthers;
    }

    /** Ints that the pointers of a pair take. */
    static int words(int timeSteps) {
        return (timeSteps + FRAMES_PER_WORD - 1) / FRAMES_PER_WORD;
    }

    /** Places in the first int of an utterance that no frame has. */
    static int skipped(int length) {
        return words(length) * FRAMES_PER_WORD - length;
    }

    /** The state a frame earlier, on the way to state s at the frame of that place, with the pointers of its pair. */
    static int before(int word, int place, int s) {
        int pointer = word >>> (place % FRAMES_PER_WORD * POINTER_BITS);
        if (s % 2 == 0) {
            return s - (pointer & BLANK_STEP);
        }
        return (pointer & LABEL_SKIP) != 0 ? s - 2 : s - (pointer & LABEL_STEP) / LABEL_STEP;
    }
}
