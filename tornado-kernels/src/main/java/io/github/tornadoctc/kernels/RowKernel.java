package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * What the other kernels need to know of each frame's row of V scores: its maximum, the sum of its exponentials, the
 * emission probabilities of the symbols that the target may have, and what those are to be multiplied by. Where V is
 * large beside the targets, it also writes the row's {@link Softmax} to the gradient: there the scores would have to be
 * fetched from memory once more for it, and their exponentials be computed again.
 *
 * <p>Parallel over rows and, within a row, over symbols. A group of work-items takes as many rows as fit at
 * {@link RowLanes} each: many for an alphabet, one for a large vocabulary. Scores are read from memory once and kept in
 * local memory, for the sum of their exponentials relative to the largest, and then, in place of the scores, the
 * exponentials for the softmax. Of a row that is too long for it scores are read again; the bits are the same. Four
 * scores of a work-item stand side by side there, which a GPU reads and writes at once.
 *
 * <p>Loops that stride by a number that a compiler does not know count how often they run: to unroll them it would divide
 * by that. A reduction reads as many values as it does know. Sums are of products, so that they have one order on every
 * device and in every process: TornadoVM declares variables in any order, and what PoCL makes of a sum under fast-math
 * depends on that.
 */
final class RowKernel {
    /** In place of the inverse sum of a row with NaN or +∞ in it, or of logits that are all masked; others are larger. */
    static final float NO_SUM = 0f;

    /** Below no float that is not masked; in place of the largest score where all are. */
    static final float LOWEST_SCORE = -Float.MAX_VALUE;

    /** In place of a number of symbols, of a work-item that has seen NaN or +∞: it leaves no sum positive. */
    private static final float NOT_FINITE = -1e30f;

    private RowKernel() {}

    /**
     * Row {@code t * B + b} of each output, for every frame inside its utterance.
     *
     * @param description what {@link BatchDescription} says of the batch
     * @param scores {@code [T][B][V]} or {@code [B][T][V]}, as the strides of the description say
     * @param rowMax {@code [T][B]} out: the largest score
     * @param rowInverseSum {@code [T][B]} out: 1 / Σ e^(score − rowMax), or {@link #NO_SUM}
     * @param rowNormaliser {@code [T][B]} out: the logarithm of what the row's emissions have to be multiplied by
     * @param emissions {@code [T][B][columns]} out: {@link Emission}s of the symbols that {@link Header#COLUMNS_BY_LABEL}
     *     says; {@link Emission#IMPOSSIBLE} of what cannot be emitted, which in an invalid row is everything
     * @param gradient out, in the shape and layout of {@code scores}, and may be the same array: the row's
     *     {@link Softmax}; not used without
     * @param deviceExponential 1 if the device's exponential is as exact as {@link Exponential}, else 0; a constant of the
     *     kernel
     * @param withSoftmax 1 to write the softmax, else 0; a constant of the kernel
     * @param kept floats of local memory for the scores of a group's rows: four of each work-item, the next four of each,
     *     and so on; 1 if there is no room for them and they are read again; a constant of the kernel
     * @param group work-items of a group, as many as share a row or a multiple; a constant of the kernel
     */
    static void rows(
            KernelContext context,
            IntArray description,
            FloatArray scores,
            FloatArray rowMax,
            FloatArray rowInverseSum,
            FloatArray rowNormaliser,
            LongArray emissions,
            FloatArray gradient,
            int deviceExponential,
            int withSoftmax,
            int kept,
            int group) {
        int batch = description.get(Header.BATCH);
        int symbols = description.get(Header.SYMBOLS);
        int log2Lanes = description.get(Header.LOG2_LANES_PER_ROW);
        // With the zero a compiler does not see a power of two, whose multiples would take it two instructions each.
        int zero = description.get(Header.ZERO);
        int lanes = (1 << log2Lanes) | zero;
        // What a sum's terms are multiplied by: fast-math does not put fused multiply-adds into another order.
        float one = 1 + zero;
        int logits = description.get(Header.LOGITS);
        int local = context.localIdx;
        int lane = local & (lanes - 1);
        int row = context.globalIdx >> log2Lanes;
        int t = row / batch;
        int b = row - t * batch;
        int length = description.get(description.get(Header.INPUT_LENGTHS) + b);
        boolean inside = t < TornadoMath.min(description.get(Header.TIME_STEPS), length);
        int base = t * description.get(Header.FRAME_STRIDE) + b * description.get(Header.UTTERANCE_STRIDE);
        float[] maxima = context.allocateFloatLocalArray(group);
        float[] counts = context.allocateFloatLocalArray(group);
        float[] sums = context.allocateFloatLocalArray(group);
        float[] fewerMaxima = context.allocateFloatLocalArray(group);
        float[] keptScores = context.allocateFloatLocalArray(kept);

        float largest = LOWEST_SCORE;
        // A NaN is neither smaller nor larger than the maximum so far, and may be lost in it. A sum by the device's
        // exponential has it; ours makes a number of it.
        float check = 0f;
        // At each load the work-items of a row have neighbouring symbols, which a GPU fetches together.
        int sixteens = inside ? symbols >> (log2Lanes + 4) : 0;
        int v = inside ? lane : symbols;
        int keptAt = 4 * local;
        for (int round = 0; round < sixteens; round++) {
            // With the zero it does not keep sixteen addresses, of two registers each, from one round to the next.
            int at = (base + v) | zero;
            float x0 = scores.get(at);
            float x1 = scores.get(at + lanes);
            float x2 = scores.get(at + 2 * lanes);
            float x3 = scores.get(at + 3 * lanes);
            float x4 = scores.get(at + 4 * lanes);
            float x5 = scores.get(at + 5 * lanes);
            float x6 = scores.get(at + 6 * lanes);
            float x7 = scores.get(at + 7 * lanes);
            float x8 = scores.get(at + 8 * lanes);
            float x9 = scores.get(at + 9 * lanes);
            float x10 = scores.get(at + 10 * lanes);
            float x11 = scores.get(at + 11 * lanes);
            float x12 = scores.get(at + 12 * lanes);
            float x13 = scores.get(at + 13 * lanes);
            float x14 = scores.get(at + 14 * lanes);
            float x15 = scores.get(at + 15 * lanes);
            if (deviceExponential == 0) {
                check += (RowTerms.checked(x0, x1, x2, x3) + RowTerms.checked(x4, x5, x6, x7))
                        + (RowTerms.checked(x8, x9, x10, x11) + RowTerms.checked(x12, x13, x14, x15));
            }
            float first = TornadoMath.max(RowTerms.largestOf(x0, x1, x2, x3), RowTerms.largestOf(x4, x5, x6, x7));
            float second =
                    TornadoMath.max(RowTerms.largestOf(x8, x9, x10, x11), RowTerms.largestOf(x12, x13, x14, x15));
            largest = TornadoMath.max(largest, TornadoMath.max(first, second));
            if (kept > 1) {
                keptScores[keptAt] = x0;
                keptScores[keptAt + 1] = x1;
                keptScores[keptAt + 2] = x2;
                keptScores[keptAt + 3] = x3;
                keptScores[keptAt + 4 * group] = x4;
                keptScores[keptAt + 4 * group + 1] = x5;
                keptScores[keptAt + 4 * group + 2] = x6;
                keptScores[keptAt + 4 * group + 3] = x7;
                keptScores[keptAt + 8 * group] = x8;
                keptScores[keptAt + 8 * group + 1] = x9;
                keptScores[keptAt + 8 * group + 2] = x10;
                keptScores[keptAt + 8 * group + 3] = x11;
                keptScores[keptAt + 12 * group] = x12;
                keptScores[keptAt + 12 * group + 1] = x13;
                keptScores[keptAt + 12 * group + 2] = x14;
                keptScores[keptAt + 12 * group + 3] = x15;
            }
            keptAt += 16 * group;
            v += 16 * lanes;
        }
        for (; v < symbols; v += 4 * lanes) {
            int at = base + v;
            float x0 = scores.get(at);
            float x1 = v + lanes < symbols ? scores.get(at + lanes) : LOWEST_SCORE;
            float x2 = v + 2 * lanes < symbols ? scores.get(at + 2 * lanes) : LOWEST_SCORE;
            float x3 = v + 3 * lanes < symbols ? scores.get(at + 3 * lanes) : LOWEST_SCORE;
            if (deviceExponential == 0) {
                check += RowTerms.checked(x0, x1, x2, x3);
            }
            largest = TornadoMath.max(largest, RowTerms.largestOf(x0, x1, x2, x3));
            if (kept > 1) {
                keptScores[keptAt] = x0;
                keptScores[keptAt + 1] = x1;
                keptScores[keptAt + 2] = x2;
                keptScores[keptAt + 3] = x3;
            }
            keptAt += 4 * group;
        }
        // what was kept in the place of symbols past the last one
        int placeholders = (v - symbols) >> log2Lanes;

        boolean finite = true;
        if (deviceExponential == 0 && RowTerms.mayBeInfinite(check)) {
            // NaN and +∞ make a row invalid, −∞ masks a symbol: only their exponentials tell them apart
            for (int u = lane; u < symbols; u += lanes) {
                finite = finite && RowTerms.isFinite(scores.get(base + u));
            }
        }

        // what emissions are made of is on its way while the row is added up
        int byLabel = description.get(Header.COLUMNS_BY_LABEL);
        int blank = description.get(Header.BLANK);
        int targetLength = description.get(description.get(Header.TARGET_LENGTHS) + b);
        int labels = description.get(Header.LABELS) + b * (description.get(Header.PAIRS) - 1);
        int lowest = description.get(description.get(Header.LOWEST_EXPONENTS) + b);
        int columns = inside ? Lattice.columns(description, targetLength) : 0;
        float score = 0f;
        if (lane < columns) {
            score = scores.get(base + symbol(description, byLabel, labels, lane, targetLength, blank));
        }

        // The largest of all, and later the sums, over a row's work-items in two steps: in each a work-item reads eight
        // values, or 16 of a long row.
        int first = RowLanes.multipleOfEight(local - lane);
        int reads = RowLanes.reads(lanes);
        int steps = lanes >> (reads > 8 ? 4 : 3);
        int from = first + RowLanes.multipleOfEight((lane & (steps - 1)) * reads);
        maxima[local] = largest;
        context.localBarrier();
        for (int k = 0; k < 8; k++) {
            largest = TornadoMath.max(largest, maxima[from + k]);
        }
        if (reads > 8) {
            for (int k = 8; k < 16; k++) {
                largest = TornadoMath.max(largest, maxima[from + k]);
            }
        }
        if (lane < reads) {
            fewerMaxima[local] = largest;
        }
        context.localBarrier();
        for (int k = 0; k < 8; k++) {
            largest = TornadoMath.max(largest, fewerMaxima[first + k]);
        }
        if (reads > 8) {
            for (int k = 8; k < 16; k++) {
                largest = TornadoMath.max(largest, fewerMaxima[first + k]);
            }
        }

        // The largest scores are counted apart from the others, of whose sum little would be left beside a 1. Most rows
        // of a trained model have one symbol that is nearly certain.
        float others = 0f;
        // Terms are added up by two, by four and by sixteen: so equal ones, of which a row may have thousands, are not
        // rounded to one side again and again, and small ones count together beside a large sum.
        float rest = 0f;
        float sixteen;
        float unit = deviceExponential == 1 ? 1f : Exponential.INVERSE_ONE;
        int end = keptAt;
        v = lane;
        keptAt = 4 * local;
        for (int round = 0; round < sixteens; round++) {
            sixteen = 0f;
            for (int k = 0; k < 4; k++) {
                float x0;
                float x1;
                float x2;
                float x3;
                if (kept > 1) {
                    x0 = keptScores[keptAt];
                    x1 = keptScores[keptAt + 1];
                    x2 = keptScores[keptAt + 2];
                    x3 = keptScores[keptAt + 3];
                } else {
                    int at = base + v;
                    x0 = scores.get(at);
                    x1 = scores.get(at + lanes);
                    x2 = scores.get(at + 2 * lanes);
                    x3 = scores.get(at + 3 * lanes);
                    v += 4 * lanes;
                }
                // For the softmax; and where nobody needs the scores any more, because a CPU's compiler then does four
                // at once, and that of a GPU takes fewer registers.
                if (kept > 1 && (withSoftmax == 0 || deviceExponential == 1)) {
                    keptScores[keptAt] = RowTerms.exponential(x0 - largest, deviceExponential);
                    keptScores[keptAt + 1] = RowTerms.exponential(x1 - largest, deviceExponential);
                    keptScores[keptAt + 2] = RowTerms.exponential(x2 - largest, deviceExponential);
                    keptScores[keptAt + 3] = RowTerms.exponential(x3 - largest, deviceExponential);
                }
                others += RowTerms.othersOf(x0, x1, x2, x3, largest);
                sixteen = RowTerms.termsOf(x0, x1, x2, x3, largest, one, deviceExponential) * one + sixteen;
                keptAt += 4 * group;
            }
            rest = sixteen * one + rest;
        }
        sixteen = 0f;
        for (; keptAt < end; keptAt += 4 * group) {
            float x0 = LOWEST_SCORE;
            float x1 = LOWEST_SCORE;
            float x2 = LOWEST_SCORE;
            float x3 = LOWEST_SCORE;
            if (kept > 1) {
                x0 = keptScores[keptAt];
                x1 = keptScores[keptAt + 1];
                x2 = keptScores[keptAt + 2];
                x3 = keptScores[keptAt + 3];
            } else {
                int at = base + v;
                x0 = scores.get(at);
                x1 = v + lanes < symbols ? scores.get(at + lanes) : LOWEST_SCORE;
                x2 = v + 2 * lanes < symbols ? scores.get(at + 2 * lanes) : LOWEST_SCORE;
                x3 = v + 3 * lanes < symbols ? scores.get(at + 3 * lanes) : LOWEST_SCORE;
                v += 4 * lanes;
            }
            if (kept > 1 && withSoftmax == 1 && deviceExponential == 1) {
                keptScores[keptAt] = TornadoMath.exp(x0 - largest);
                keptScores[keptAt + 1] = TornadoMath.exp(x1 - largest);
                keptScores[keptAt + 2] = TornadoMath.exp(x2 - largest);
                keptScores[keptAt + 3] = TornadoMath.exp(x3 - largest);
            }
            others += RowTerms.othersOf(x0, x1, x2, x3, largest);
            sixteen = RowTerms.termsOf(x0, x1, x2, x3, largest, one, deviceExponential) * one + sixteen;
        }
        rest = sixteen * one + rest;
        int taken = (end - 4 * local) / group;
        float ones = taken - others;
        if (largest <= LOWEST_SCORE) {
            ones -= placeholders;
        }
        if (deviceExponential == 1) {
            // NaN, and the difference of +∞ and +∞, are in the sum
            finite = (int) (rest + 1f) >= 1;
        }
        counts[local] = finite ? ones : NOT_FINITE;
        sums[local] = rest;
        context.localBarrier();
        ones = 0f;
        rest = 0f;
        for (int k = from; k < from + 8; k += 4) {
            ones += (counts[k] + counts[k + 1]) + (counts[k + 2] + counts[k + 3]);
            rest = RowTerms.sumOf(sums[k], sums[k + 1], sums[k + 2], sums[k + 3], one) * one + rest;
        }
        if (reads > 8) {
            for (int k = from + 8; k < from + 16; k += 4) {
                ones += (counts[k] + counts[k + 1]) + (counts[k + 2] + counts[k + 3]);
                rest = RowTerms.sumOf(sums[k], sums[k + 1], sums[k + 2], sums[k + 3], one) * one + rest;
            }
        }
        // in arrays that have been read by all
        float[] fewerCounts = maxima;
        float[] fewerSums = fewerMaxima;
        if (lane < reads) {
            fewerCounts[local] = lane < steps ? ones : 0f;
            fewerSums[local] = lane < steps ? rest : 0f;
        }
        context.localBarrier();
        ones = 0f;
        rest = 0f;
        for (int k = first; k < first + 8; k += 4) {
            ones += (fewerCounts[k] + fewerCounts[k + 1]) + (fewerCounts[k + 2] + fewerCounts[k + 3]);
            rest = RowTerms.sumOf(fewerSums[k], fewerSums[k + 1], fewerSums[k + 2], fewerSums[k + 3], one) * one + rest;
        }
        if (reads > 8) {
            for (int k = first + 8; k < first + 16; k += 4) {
                ones += (fewerCounts[k] + fewerCounts[k + 1]) + (fewerCounts[k + 2] + fewerCounts[k + 3]);
                rest = RowTerms.sumOf(fewerSums[k], fewerSums[k + 1], fewerSums[k + 2], fewerSums[k + 3], one) * one
                        + rest;
            }
        }
        rest *= unit;

        boolean rowFinite = ones >= 0f;
        // a row of logits that are all masked has nothing to be divided by
        boolean valid = ones >= (float) logits;
        float inverseSum = valid ? 1f / (ones + rest) : NO_SUM;

        if (inside) {
            if (lane == 0) {
                float normaliser = logits == 1 ? Normaliser.ofSum(ones, rest) : largest;
                rowMax.set(row, largest);
                rowInverseSum.set(row, inverseSum);
                rowNormaliser.set(row, valid ? normaliser : 0f);
            }
            float subtracted = Emission.base(largest);
            float quotient = Emission.quotient(largest - subtracted);
            float remainder = Emission.remainder(largest - subtracted, quotient);
            int rounds = (columns - lane + lanes - 1) >> log2Lanes;
            int column = lane;
            int firstEmission = row * description.get(Header.COLUMNS);
            for (int round = 0; round < rounds; round++) {
                float next = 0f;
                if (column + lanes < columns) {
                    next = scores.get(base + symbol(description, byLabel, labels, column + lanes, targetLength, blank));
                }
                float below = Emission.quotient(score - largest);
                float excess = Emission.excess(Emission.remainder(score - subtracted, below + quotient) - remainder);
                long emission = Emission.of(Emission.mantissaOf(excess), Emission.exponentOf(below, excess, lowest));
                boolean possible = rowFinite && Emission.isPossible(score);
                emissions.set(firstEmission + column, possible ? emission : Emission.IMPOSSIBLE);
                score = next;
                column += lanes;
            }
        }

        if (withSoftmax == 1) {
            // all have read the scores that emissions are made of, in whose place the gradient may go
            context.localBarrier();
            float weight = Softmax.weight(description.get(Header.MEAN_OVER), targetLength);
            float scale = logits == 1 ? inverseSum * weight : 0f;
            if (kept > 1) {
                int to = base + lane;
                keptAt = 4 * local;
                for (int round = 0; round < 4 * sixteens; round++) {
                    float x0 = keptScores[keptAt];
                    float x1 = keptScores[keptAt + 1];
                    float x2 = keptScores[keptAt + 2];
                    float x3 = keptScores[keptAt + 3];
                    int at = to | zero;
                    gradient.set(at, RowTerms.softmax(x0, largest, scale, deviceExponential));
                    at += lanes;
                    gradient.set(at, RowTerms.softmax(x1, largest, scale, deviceExponential));
                    at += lanes;
                    gradient.set(at, RowTerms.softmax(x2, largest, scale, deviceExponential));
                    at += lanes;
                    gradient.set(at, RowTerms.softmax(x3, largest, scale, deviceExponential));
                    to = at + lanes;
                    keptAt += 4 * group;
                }
                int endOfRow = base + symbols;
                for (; keptAt < end; keptAt += 4 * group) {
                    for (int k = 0; k < 4; k++) {
                        if (to < endOfRow) {
                            gradient.set(
                                    to, RowTerms.softmax(keptScores[keptAt + k], largest, scale, deviceExponential));
                        }
                        to += lanes;
                    }
                }
            } else {
                Softmax.write(scores, gradient, base, inside ? lane : symbols, lanes, symbols, zero, largest, scale);
            }
        }
    }

    /** The symbol that a column of emissions is of. */
    private static int symbol(IntArray description, int byLabel, int labels, int column, int targetLength, int blank) {
        int symbol = column;
        if (byLabel == 1) {
            symbol = column < targetLength ? description.get(labels + column) : blank;
        }
        return symbol;
    }
}
