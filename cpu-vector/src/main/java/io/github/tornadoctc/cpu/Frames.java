package io.github.tornadoctc.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.Scores;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The rows of one utterance. Row t of the scores becomes: its largest score m(t), its normaliser
 * {@code sum(t) = Σ_v exp(x(t,v) − m(t))}, and a row of emissions {@code exp(x(t,v) − m(t))} of the target's symbols.
 * A factor common to a frame changes no posterior, so emissions are left relative to the row's largest.
 */
final class Frames {
    MemorySegment scores = MemorySegment.NULL;
    /** Of the same layout as the scores; NULL if no gradient is wanted. */
    MemorySegment gradient = MemorySegment.NULL;

    boolean wantsGradient;
    boolean logits;
    /** What the gradient is multiplied with: the derivative of the reduced loss by this utterance's. */
    double weight;
    /** T_b. */
    int count;
    /** V. */
    int symbols;
    /** Index of the first score of row 0, in floats, and the distance from one row to the next. */
    long firstRow;

    long stride;

    /** Whether scores and gradient are those of {@link #narrow}. */
    private boolean isNarrow;

    private final NarrowRows narrow = new NarrowRows();

    /** {@code [T_b][slots]}. */
    double[] emission = {};
    /** m(t). */
    float[] largest = {};
    /** The least score of the target's symbols at t, or of more symbols; −∞ if one is masked. */
    float[] least = {};
    /** sum(t); NaN if a score of the row is NaN. Of log-probabilities only that is wanted. */
    double[] sum = {};

    /** Makes ready for utterance b; the target has been read. */
    void prepare(CtcBatch batch, int b, CtcOptions options, CtcResult result, Target target) {
        wantsGradient = options.gradient();
        logits = options.scores() == Scores.LOGITS;
        weight = options.reduction().weight(batch, b);
        count = batch.inputLength(b);
        symbols = batch.symbols();
        isNarrow = batch.scoreType() != ScoreType.FLOAT32;
        if (isNarrow) {
            narrow.prepare(batch, b, wantsGradient, result);
            scores = narrow.scores();
            gradient = narrow.gradient();
            firstRow = 0;
            stride = symbols;
        } else {
            scores = batch.scores();
            gradient = wantsGradient ? result.gradient() : MemorySegment.NULL;
            firstRow = batch.rowOffset(0, b);
            stride = batch.frameStride();
        }
        emission = Grow.atLeast(emission, (long) count * target.slots + Lanes.LOOK_UP);
        largest = Grow.atLeast(largest, count);
        least = Grow.atLeast(least, count);
        sum = Grow.atLeast(sum, count);
    }

    /**
     * Takes what rows have come to for another target, which has all symbols of this one; for losses alone. It is what
     * {@link #read} would give.
     */
    void take(Frames read, Target all, Target target) {
        scores = read.scores;
        wantsGradient = false;
        gradient = MemorySegment.NULL;
        logits = read.logits;
        weight = read.weight;
        count = read.count;
        symbols = read.symbols;
        firstRow = read.firstRow;
        stride = read.stride;
        emission = Grow.atLeast(emission, (long) count * target.slots + Lanes.LOOK_UP);
        largest = Grow.atLeast(largest, count);
        least = Grow.atLeast(least, count);
        sum = Grow.atLeast(sum, count);
        System.arraycopy(read.largest, 0, largest, 0, count);
        System.arraycopy(read.sum, 0, sum, 0, count);
        if (target.dense) {
            System.arraycopy(read.least, 0, least, 0, count);
            System.arraycopy(read.emission, 0, emission, 0, count * target.slots);
        } else {
            gather(read, all, target);
        }
    }

    private void gather(Frames read, Target all, Target target) {
        int[] slots = target.slotsIn(all);
        for (int t = 0; t < count; t++) {
            long row = rowBytes(t);
            float lowest = Float.POSITIVE_INFINITY;
            for (int slot = 0; slot < target.usedSlots; slot++) {
                emission[t * target.slots + slot] = read.emission[t * all.slots + slots[slot]];
                float score = scores.get(JAVA_FLOAT, row + (long) target.distinct[slot] * Float.BYTES);
                lowest = score < lowest ? score : lowest;
            }
            Arrays.fill(emission, t * target.slots + target.usedSlots, (t + 1) * target.slots, 0);
            ScalarRowKernels.keepLeast(this, t, ScalarRowKernels.finiteOrZero(largest[t]) - lowest);
        }
    }

    /** Reads rows [from, to). */
    void read(RowKernels rows, Target target, int from, int to) {
        if (!isNarrow) {
            readWide(rows, target, from, to);
            return;
        }
        for (int t = from; t < to; t++) {
            narrow.widen(t);
            readWide(rows, target, t, t + 1);
        }
    }

    private void readWide(RowKernels rows, Target target, int from, int to) {
        if (target.dense) {
            rows.denseRows(this, target, from, to);
        } else {
            rows.sparseRows(this, target, from, to);
        }
    }

    /** Makes the gradient of the batch's frames from {@code from} on 0; that of those before is there. */
    void finishGradient(RowKernels rows, int from, int timeSteps) {
        if (isNarrow) {
            narrow.store(from, timeSteps);
        } else {
            rows.clearRows(this, from, timeSteps);
        }
    }

    /** Where row t begins in the scores and in the gradient, in bytes. */
    long rowBytes(int t) {
        return (firstRow + t * stride) * Float.BYTES;
    }

    /** What the emission of a target's symbol is multiplied with to be its softmax; 0 for log-probabilities. */
    double softmaxScale(int t) {
        return logits ? 1 / sum[t] : 0;
    }

    void release() {
        scores = MemorySegment.NULL;
        gradient = MemorySegment.NULL;
        narrow.release();
    }
}
