package io.github.tornadoctc.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.util.Arrays;

/**
 * The row passes one symbol at a time, to the bits of {@link VectorRowKernels}: for a JVM without the Vector API, or one
 * that has not compiled it yet.
 */
final class ScalarRowKernels implements RowKernels {

    private final double[] lanes = new double[Target.ALIGNMENT];
    private final ScalarSoftmaxRow softmax = new ScalarSoftmaxRow();

    @Override
    public void denseRows(Frames frames, Target target, int from, int to) {
        for (int t = from; t < to; t++) {
            long row = frames.rowBytes(t);
            scan(frames, t, row);
            double largest = finiteOrZero(frames.largest[t]);
            int at = t * target.slots;
            Arrays.fill(lanes, 0);
            for (int v = 0; v < frames.symbols; v++) {
                double emission = Exp.exp(score(frames, row, v) - largest);
                frames.emission[at + v] = emission;
                lanes[v & (Lanes.DOUBLES - 1)] += emission;
            }
            Arrays.fill(frames.emission, at + target.usedSlots, at + target.slots, 0);
            frames.sum[t] = Lanes.sum(lanes);
        }
    }

    @Override
    public void sparseRows(Frames frames, Target target, int from, int to) {
        for (int t = from; t < to; t++) {
            long row = frames.rowBytes(t);
            scan(frames, t, row);
            if (frames.logits) {
                softmax(frames, t, row);
            } else {
                logProbabilities(frames, t, row);
            }
            gatherDifferences(frames, target, t, row);
            double below = 0;
            for (int i = t * target.slots; i < t * target.slots + target.usedSlots; i++) {
                below = Math.max(below, -frames.emission[i]);
                frames.emission[i] = Exp.exp(frames.emission[i]);
            }
            keepLeast(frames, t, below);
        }
    }

    private void softmax(Frames frames, int t, long row) {
        float largest = (float) finiteOrZero(frames.largest[t]);
        if (frames.wantsGradient) {
            double sum = softmax.exponentials(frames.scores, frames.gradient, row, frames.symbols, largest);
            frames.sum[t] = sum;
            float factor = (float) (frames.weight / sum);
            for (int v = 0; v < frames.symbols; v++) {
                long at = row + (long) v * Float.BYTES;
                frames.gradient.set(JAVA_FLOAT, at, frames.gradient.get(JAVA_FLOAT, at) * factor);
            }
        } else {
            frames.sum[t] = softmax.sum(frames.scores, row, frames.symbols, largest);
        }
    }

    private static void logProbabilities(Frames frames, int t, long row) {
        boolean nan = false;
        for (int v = 0; v < frames.symbols; v++) {
            nan |= Float.isNaN(score(frames, row, v));
        }
        frames.sum[t] = nan ? Double.NaN : 1;
        if (frames.wantsGradient) {
            clear(frames, row);
        }
    }

    private static void scan(Frames frames, int t, long row) {
        float largest = Float.NEGATIVE_INFINITY;
        float least = Float.POSITIVE_INFINITY;
        for (int v = 0; v < frames.symbols; v++) {
            float score = score(frames, row, v);
            largest = score > largest ? score : largest;
            least = score < least ? score : least;
        }
        frames.largest[t] = largest;
        frames.least[t] = least;
    }

    /** Score − largest of the target's symbols, and 0 in the slots of none. */
    static void gatherDifferences(Frames frames, Target target, int t, long row) {
        int at = t * target.slots;
        double largest = finiteOrZero(frames.largest[t]);
        for (int slot = 0; slot < target.usedSlots; slot++) {
            frames.emission[at + slot] = score(frames, row, target.distinct[slot]) - largest;
        }
        clearSpareSlots(frames, target, t);
    }

    /** Writes 0 to the slots of none. */
    static void clearSpareSlots(Frames frames, Target target, int t) {
        int at = t * target.slots;
        Arrays.fill(frames.emission, at + target.usedSlots, at + target.slots, 0);
    }

    /** Keeps the least score of the target's symbols, which lies that far below the largest of the row. */
    static void keepLeast(Frames frames, int t, double below) {
        frames.least[t] = (float) (finiteOrZero(frames.largest[t]) - below);
    }

    @Override
    public void gradientRow(Frames frames, Target target, int t, double[] posterior, int from, double scale) {
        double softmaxScale = frames.weight * frames.softmaxScale(t);
        double posteriorScale = frames.weight * scale;
        writeGradient(frames, target, t, posterior, from, softmaxScale, posteriorScale);
    }

    /** Writes the gradient of the symbols that have a slot. */
    static void writeGradient(
            Frames frames,
            Target target,
            int t,
            double[] posterior,
            int from,
            double softmaxScale,
            double posteriorScale) {
        int at = t * target.slots;
        long row = frames.rowBytes(t);
        for (int slot = 0; slot < target.usedSlots; slot++) {
            int v = target.dense ? slot : target.distinct[slot];
            double value = frames.emission[at + slot] * softmaxScale - posterior[from + slot] * posteriorScale;
            frames.gradient.set(JAVA_FLOAT, row + (long) v * Float.BYTES, (float) value);
        }
    }

    @Override
    public void clearRows(Frames frames, int from, int to) {
        for (int t = from; t < to; t++) {
            clear(frames, frames.rowBytes(t));
        }
    }

    private static void clear(Frames frames, long row) {
        for (int v = 0; v < frames.symbols; v++) {
            frames.gradient.set(JAVA_FLOAT, row + (long) v * Float.BYTES, 0);
        }
    }

    /** What scores are taken relative to: the largest, or 0 where all are −∞, whose differences would be NaN. */
    static double finiteOrZero(float largest) {
        return largest == Float.NEGATIVE_INFINITY ? 0 : largest;
    }

    static float score(Frames frames, long row, int v) {
        return frames.scores.get(JAVA_FLOAT, row + (long) v * Float.BYTES);
    }
}
