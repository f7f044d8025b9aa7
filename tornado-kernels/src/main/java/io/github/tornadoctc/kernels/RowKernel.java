package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What the other kernels need to know of each frame's row of V scores: its maximum, the sum of its exponentials, the
 * emission probabilities of the symbols that the target may have, and what those are to be multiplied by.
 *
 * <p>Parallel over rows and, within a row, over symbols. A group of {@value #GROUP} work-items takes as many rows as
 * fit at {@link Header#LANES_PER_ROW} each: many for an alphabet, one for a large vocabulary.
 */
final class RowKernel {
    /** Work-items per group; also the most that can share a row. */
    static final int GROUP = 256;

    /** In place of the inverse sum of a row with NaN or +∞ in it, or of logits that are all masked; others are larger. */
    static final float NO_SUM = 0f;

    /** Below no float that is not masked. */
    private static final float LOWEST_SCORE = -Float.MAX_VALUE;

    /** Brings any finite float to at most 4 in absolute value, where its exponential is harmless. */
    private static final float SMALLEST_NORMAL = Float.MIN_NORMAL;

    private RowKernel() {}

    /**
     * Row {@code t * B + b} of each output, for every frame inside its utterance.
     *
     * @param description what {@link BatchDescription} says of the batch
     * @param scores {@code [T][B][V]} or {@code [B][T][V]}, as the strides of the description say
     * @param rowMax {@code [T][B]} out: the largest score
     * @param rowInverseSum {@code [T][B]} out: 1 / Σ e^(score − rowMax), or {@link #NO_SUM}
     * @param rowNormaliser {@code [T][B]} out: the logarithm of what the row's emissions have to be multiplied by
     * @param emissionMantissa {@code [T][B][columns]} out: relative to the row's most likely symbol, of the symbols that {@link Header#COLUMNS_BY_LABEL} says; 0
     *     of what cannot be emitted, which in an invalid row is everything
     * @param emissionExponent the exponents of the same; there {@link Emission#IMPOSSIBLE_EXPONENT}
     */
    static void rows(
            KernelContext context,
            IntArray description,
            FloatArray scores,
            FloatArray rowMax,
            FloatArray rowInverseSum,
            FloatArray rowNormaliser,
            FloatArray emissionMantissa,
            IntArray emissionExponent) {
        int batch = description.get(Header.BATCH);
        int symbols = description.get(Header.SYMBOLS);
        int lanes = description.get(Header.LANES_PER_ROW);
        int logits = description.get(Header.LOGITS);
        int local = context.localIdx;
        int lane = local % lanes;
        int row = context.groupIdx * (GROUP / lanes) + local / lanes;
        int t = row / batch;
        int b = row - t * batch;
        boolean inside = t < description.get(Header.TIME_STEPS)
                && t < description.get(description.get(Header.INPUT_LENGTHS) + b);
        int base = t * description.get(Header.FRAME_STRIDE) + b * description.get(Header.UTTERANCE_STRIDE);
        float[] partial = context.allocateFloatLocalArray(GROUP);
        float[] counts = context.allocateFloatLocalArray(GROUP);

        float largest = LOWEST_SCORE;
        if (inside) {
            for (int v = lane; v < symbols; v += lanes) {
                largest = TornadoMath.max(largest, scores.get(base + v));
            }
        }
        partial[local] = largest;
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride /= 2) {
            if (lane < stride) {
                partial[local] = TornadoMath.max(partial[local], partial[local + stride]);
            }
            context.localBarrier();
        }
        largest = partial[local - lane];
        context.localBarrier();

        // The largest scores are counted and not added to the rest, of which little would be left beside a 1. Most rows
        // of a trained model have one symbol that is nearly certain.
        float rest = 0f;
        float ones = 0f;
        if (inside) {
            for (int v = lane; v < symbols; v += lanes) {
                float x = scores.get(base + v);
                // log-probabilities need no sum, but any NaN or +∞ among them must still show in it
                float e = TornadoMath.exp(logits == 1 ? x - largest : x * SMALLEST_NORMAL);
                rest += x < largest ? e : e - 1f;
                ones += x < largest ? 0f : 1f;
            }
        }
        partial[local] = rest;
        counts[local] = ones;
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride /= 2) {
            if (lane < stride) {
                partial[local] += partial[local + stride];
                counts[local] += counts[local + stride];
            }
            context.localBarrier();
        }

        float sum = counts[local - lane] + partial[local - lane];
        // NaN and infinity turn into an int outside this range on every device; fast-math folds no such comparison
        int whole = (int) (logits == 1 ? sum : sum + 1f);
        boolean valid = whole >= 1 && whole <= 1 << 30;

        if (inside) {
            if (lane == 0) {
                rowMax.set(row, largest);
                rowInverseSum.set(row, valid ? 1f / sum : NO_SUM);
                float normaliser = logits == 1 ? Normaliser.ofSum(counts[local], partial[local]) : largest;
                rowNormaliser.set(row, valid ? normaliser : 0f);
            }
            int columns = description.get(Header.COLUMNS);
            int byLabel = description.get(Header.COLUMNS_BY_LABEL);
            int blank = description.get(Header.BLANK);
            int targetLength = description.get(description.get(Header.TARGET_LENGTHS) + b);
            int labels = description.get(Header.LABELS) + b * (description.get(Header.PAIRS) - 1);
            int lowest = Emission.lowestExponent(description.get(description.get(Header.INPUT_LENGTHS) + b));
            float subtracted = Emission.base(largest);
            int quotient = Emission.quotient(largest - subtracted);
            float remainder = Emission.remainder(largest - subtracted, quotient);
            for (int column = lane; column < columns; column += lanes) {
                int symbol = column;
                if (byLabel == 1) {
                    symbol = column < targetLength ? description.get(labels + column) : blank;
                }
                float score = scores.get(base + symbol);
                int k = Emission.quotient(score - subtracted);
                float difference = Emission.remainder(score - subtracted, k) - remainder;
                int carry = Emission.carry(difference);
                boolean possible = valid && Emission.isPossible(score);
                emissionMantissa.set(row * columns + column, possible ? Emission.mantissa(difference, carry) : 0f);
                int exponent = Emission.exponent(k - quotient, carry, lowest);
                emissionExponent.set(row * columns + column, possible ? exponent : Emission.IMPOSSIBLE_EXPONENT);
            }
        }
    }
}
