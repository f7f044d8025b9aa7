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
 * fetched from memory once more for it, where here they are in a cache.
 *
 * <p>Parallel over rows and, within a row, over symbols. A group of work-items takes as many rows as fit at
 * {@link RowLanes} each: many for an alphabet, one for a large vocabulary.
 */
final class RowKernel {
    /** In place of the inverse sum of a row with NaN or +∞ in it, or of logits that are all masked; others are larger. */
    static final float NO_SUM = 0f;

    /** Below no float that is not masked; in place of the largest score where all are. */
    static final float LOWEST_SCORE = -Float.MAX_VALUE;

    /** Brings any finite float to at most 4 in absolute value, where its exponential is harmless. */
    private static final float SMALLEST_NORMAL = Float.MIN_NORMAL;

    /** Larger than what finite floats add up to that have been brought down so, of all that a work-item has. */
    private static final int CHECKED = 1 << 20;

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
            int group) {
        int batch = description.get(Header.BATCH);
        int symbols = description.get(Header.SYMBOLS);
        int log2Lanes = description.get(Header.LOG2_LANES_PER_ROW);
        // With the zero a compiler does not see a power of two, whose multiples would take it two instructions each.
        int zero = description.get(Header.ZERO);
        int lanes = (1 << log2Lanes) | zero;
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
        float[] fewerCounts = context.allocateFloatLocalArray(group);
        float[] fewerSums = context.allocateFloatLocalArray(group);

        // One pass. Of the scores at hand and the largest so far each but the new largest is a term, found as the
        // loser of a comparison; what has been added up before is made relative to the new one. The largest itself is
        // never added to the terms, of which little would be left beside a 1. Most rows of a trained model have one
        // symbol that is nearly certain.
        float largest = LOWEST_SCORE;
        float rest = 0f;
        // a NaN is neither smaller nor larger than the maximum so far, and may be lost in it
        float check = 0f;
        float unit = deviceExponential == 1 ? 1f : Exponential.INVERSE_ONE;
        // At each load the work-items of a row have neighbouring symbols, which a GPU fetches together.
        int v = inside ? lane : symbols;
        for (; v < symbols - 15 * lanes; v += 16 * lanes) {
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
            check += (checked(x0, x1, x2, x3) + checked(x4, x5, x6, x7))
                    + (checked(x8, x9, x10, x11) + checked(x12, x13, x14, x15));
            float first = largestOf(x0, x1, x2, x3);
            float second = largestOf(x4, x5, x6, x7);
            float third = largestOf(x8, x9, x10, x11);
            float fourth = largestOf(x12, x13, x14, x15);
            float all = largestOf(first, second, third, fourth);
            float above = TornadoMath.max(largest, all);
            float terms = (losers(x0, x1, x2, x3, above, deviceExponential)
                            + losers(x4, x5, x6, x7, above, deviceExponential))
                    + (losers(x8, x9, x10, x11, above, deviceExponential)
                            + losers(x12, x13, x14, x15, above, deviceExponential));
            terms += losers(first, second, third, fourth, above, deviceExponential)
                    + loser(largest, all, above, deviceExponential);
            rest = rest * (exponential(largest - above, deviceExponential) * unit) + terms;
            largest = above;
        }
        for (; v < symbols; v += 4 * lanes) {
            int at = base + v;
            float x0 = scores.get(at);
            float x1 = v + lanes < symbols ? scores.get(at + lanes) : LOWEST_SCORE;
            float x2 = v + 2 * lanes < symbols ? scores.get(at + 2 * lanes) : LOWEST_SCORE;
            float x3 = v + 3 * lanes < symbols ? scores.get(at + 3 * lanes) : LOWEST_SCORE;
            check += checked(x0, x1, x2, x3);
            float all = largestOf(x0, x1, x2, x3);
            float above = TornadoMath.max(largest, all);
            float terms =
                    losers(x0, x1, x2, x3, above, deviceExponential) + loser(largest, all, above, deviceExponential);
            rest = rest * (exponential(largest - above, deviceExponential) * unit) + terms;
            largest = above;
        }
        float ones = 1f;
        if (largest <= LOWEST_SCORE) {
            // Terms are 1 or 0 here. Of what stood in for symbols past the last one each was 1, and so was the largest
            // before there was any symbol, which makes up for the largest itself.
            int placeholders = (v - symbols) / lanes;
            ones = rest * unit - placeholders;
            rest = 0f;
        }

        boolean finite = true;
        if (isOutside(check + 2f * CHECKED)) {
            // NaN and +∞ make a row invalid, −∞ masks a symbol: only their exponentials tell them apart
            for (int u = lane; u < symbols; u += lanes) {
                int exponential = (int) (TornadoMath.exp(scores.get(base + u) * SMALLEST_NORMAL) + 1f);
                finite = finite && isExponential(exponential);
            }
        }

        // what emissions are made of is on its way while the row is added up
        int columns = inside ? description.get(Header.COLUMNS) : 0;
        int byLabel = description.get(Header.COLUMNS_BY_LABEL);
        int blank = description.get(Header.BLANK);
        int targetLength = description.get(description.get(Header.TARGET_LENGTHS) + b);
        int labels = description.get(Header.LABELS) + b * (description.get(Header.PAIRS) - 1);
        int lowest = description.get(description.get(Header.LOWEST_EXPONENTS) + b);
        float score = 0f;
        if (lane < columns) {
            score = scores.get(base + symbol(description, byLabel, labels, lane, targetLength, blank));
        }

        // Sums over a row's work-items in one step or in two, and with as many barriers: each reads several values.
        int first = local - lane;
        int steps = RowLanes.lastOfTwo(lanes);
        maxima[local] = largest;
        context.localBarrier();
        float rowLargest = largest;
        for (int k = lane & (steps - 1); k < lanes; k += steps) {
            rowLargest = TornadoMath.max(rowLargest, maxima[first + k]);
        }
        if (steps > 1) {
            if (lane < steps) {
                fewerMaxima[local] = rowLargest;
            }
            context.localBarrier();
            for (int k = 0; k < steps; k++) {
                rowLargest = TornadoMath.max(rowLargest, fewerMaxima[first + k]);
            }
        }
        if (rowLargest > largest) {
            rest = (ones / unit + rest) * (exponential(largest - rowLargest, deviceExponential) * unit);
            ones = 0f;
        }
        counts[local] = finite ? ones : NOT_FINITE;
        sums[local] = rest;
        context.localBarrier();
        // only the first work-item needs the rest, and all of them whether the row is finite
        ones = 0f;
        rest = 0f;
        for (int k = lane & (steps - 1); k < lanes; k += steps) {
            ones += counts[first + k];
        }
        if (lane < steps) {
            for (int k = lane; k < lanes; k += steps) {
                rest += sums[first + k];
            }
        }
        if (steps > 1) {
            if (lane < steps) {
                fewerCounts[local] = ones;
                fewerSums[local] = rest;
            }
            context.localBarrier();
            ones = 0f;
            rest = 0f;
            for (int k = 0; k < steps; k++) {
                ones += fewerCounts[first + k];
            }
            if (lane == 0) {
                for (int k = 0; k < steps; k++) {
                    rest += fewerSums[first + k];
                }
            }
        }

        largest = rowLargest;
        boolean rowFinite = ones >= 0f;

        if (inside) {
            if (lane == 0) {
                rest *= unit;
                float normaliser = logits == 1 ? Normaliser.ofSum(ones, rest) : largest;
                // a row of logits that are all masked has nothing to be divided by
                boolean valid = ones >= (float) logits;
                float inverseSum = valid ? 1f / (ones + rest) : NO_SUM;
                rowMax.set(row, largest);
                rowInverseSum.set(row, inverseSum);
                rowNormaliser.set(row, valid ? normaliser : 0f);
                if (withSoftmax == 1) {
                    maxima[local] = inverseSum;
                }
            }
            float subtracted = Emission.base(largest);
            float quotient = Emission.quotient(largest - subtracted);
            float remainder = Emission.remainder(largest - subtracted, quotient);
            for (int column = lane; column < columns; column += lanes) {
                float next = 0f;
                if (column + lanes < columns) {
                    next = scores.get(base + symbol(description, byLabel, labels, column + lanes, targetLength, blank));
                }
                float below = Emission.quotient(score - largest);
                float excess = Emission.excess(Emission.remainder(score - subtracted, below + quotient) - remainder);
                long emission = Emission.of(Emission.mantissaOf(excess), Emission.exponentOf(below, excess, lowest));
                boolean possible = rowFinite && Emission.isPossible(score);
                emissions.set(row * columns + column, possible ? emission : Emission.IMPOSSIBLE);
                score = next;
            }
        }

        if (withSoftmax == 1) {
            // all have read the scores that emissions are made of, in whose place the gradient may go
            context.localBarrier();
            float weight = Softmax.weight(description.get(Header.MEAN_OVER), targetLength);
            float scale = logits == 1 ? maxima[first] * weight : 0f;
            Softmax.write(scores, gradient, base, inside ? lane : symbols, lanes, symbols, zero, largest, scale);
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

    private static float largestOf(float x0, float x1, float x2, float x3) {
        return TornadoMath.max(TornadoMath.max(x0, x1), TornadoMath.max(x2, x3));
    }

    /** A finite number, unless one of them is not. */
    private static float checked(float x0, float x1, float x2, float x3) {
        float check = x0 * SMALLEST_NORMAL;
        check = x1 * SMALLEST_NORMAL + check;
        check = x2 * SMALLEST_NORMAL + check;
        return x3 * SMALLEST_NORMAL + check;
    }

    /** Of one of a finite number of at most 4, plus 1. */
    private static boolean isExponential(int whole) {
        return whole >= 1 && whole <= 64;
    }

    private static boolean isOutside(float check) {
        int whole = (int) check;
        return whole < CHECKED || whole > 3 * CHECKED;
    }

    /** Of all but the largest of four scores: e to the power of each less the largest of all, added up. */
    private static float losers(float x0, float x1, float x2, float x3, float largest, int deviceExponential) {
        float losers = loser(x0, x1, largest, deviceExponential) + loser(x2, x3, largest, deviceExponential);
        return losers + loser(TornadoMath.max(x0, x1), TornadoMath.max(x2, x3), largest, deviceExponential);
    }

    /** e to the power of the smaller of two scores less the largest of all. */
    private static float loser(float x0, float x1, float largest, int deviceExponential) {
        return exponential(TornadoMath.min(x0, x1) - largest, deviceExponential);
    }

    /** eˣ of an x that is not positive, or {@link Exponential#ONE} times that where it is not the device's. */
    private static float exponential(float x, int deviceExponential) {
        return deviceExponential == 1 ? TornadoMath.exp(x) : Exponential.scaled(x);
    }
}
