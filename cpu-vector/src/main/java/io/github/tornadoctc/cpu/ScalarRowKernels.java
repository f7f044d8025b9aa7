package io.github.tornadoctc.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

/** The row passes one symbol at a time, with {@link Math#exp}: for a JVM without the Vector API. */
final class ScalarRowKernels implements RowKernels {

    @Override
    public void denseRows(Frames frames, Target target, int from, int to) {
        for (int t = from; t < to; t++) {
            long row = frames.rowBytes(t);
            scan(frames, t, row);
            double largest = finiteOrZero(frames.largest[t]);
            double sum = 0;
            int at = t * target.slots;
            for (int v = 0; v < frames.symbols; v++) {
                double emission = Math.exp(score(frames, row, v) - largest);
                frames.emission[at + v] = emission;
                sum += emission;
            }
            for (int slot = target.usedSlots; slot < target.slots; slot++) {
                frames.emission[at + slot] = 0;
            }
            frames.sum[t] = sum;
        }
    }

    @Override
    public void sparseRows(Frames frames, Target target, int from, int to) {
        for (int t = from; t < to; t++) {
            long row = frames.rowBytes(t);
            scan(frames, t, row);
            double largest = finiteOrZero(frames.largest[t]);
            double sum = 0;
            for (int v = 0; v < frames.symbols; v++) {
                // the sum of log-probabilities is only asked whether there is a NaN
                double score = score(frames, row, v);
                sum += frames.logits || Double.isNaN(score) ? Math.exp(score - largest) : 0;
            }
            frames.sum[t] = sum;
            if (frames.wantsGradient) {
                writeSoftmax(frames, t, row, largest);
            }
            gatherDifferences(frames, target, t, row);
            for (int i = t * target.slots; i < (t + 1) * target.slots; i++) {
                frames.emission[i] = Math.exp(frames.emission[i]);
            }
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

    private static void writeSoftmax(Frames frames, int t, long row, double largest) {
        double scale = frames.weight * frames.softmaxScale(t);
        for (int v = 0; v < frames.symbols; v++) {
            float softmax = frames.logits ? (float) (scale * Math.exp(score(frames, row, v) - largest)) : 0;
            frames.gradient.set(JAVA_FLOAT, row + (long) v * Float.BYTES, softmax);
        }
    }

    /** Score − largest of the target's symbols, and −∞ in the slots of none. */
    static void gatherDifferences(Frames frames, Target target, int t, long row) {
        int at = t * target.slots;
        double largest = finiteOrZero(frames.largest[t]);
        float least = Float.POSITIVE_INFINITY;
        for (int slot = 0; slot < target.usedSlots; slot++) {
            float score = score(frames, row, target.distinct[slot]);
            least = score < least ? score : least;
            frames.emission[at + slot] = score - largest;
        }
        for (int slot = target.usedSlots; slot < target.slots; slot++) {
            frames.emission[at + slot] = Double.NEGATIVE_INFINITY;
        }
        frames.least[t] = least;
    }

    @Override
    public void gradientRow(Frames frames, Target target, int t, double[] posterior, double scale) {
        double softmaxScale = frames.weight * frames.softmaxScale(t);
        double posteriorScale = frames.weight * scale;
        writeGradient(frames, target, t, posterior, softmaxScale, posteriorScale);
    }

    /** Writes the gradient of the symbols that have a slot. */
    static void writeGradient(
            Frames frames, Target target, int t, double[] posterior, double softmaxScale, double posteriorScale) {
        int at = t * target.slots;
        long row = frames.rowBytes(t);
        for (int slot = 0; slot < target.usedSlots; slot++) {
            int v = target.dense ? slot : target.distinct[slot];
            double value = frames.emission[at + slot] * softmaxScale - posterior[slot] * posteriorScale;
            frames.gradient.set(JAVA_FLOAT, row + (long) v * Float.BYTES, (float) value);
        }
    }

    @Override
    public void clearRows(Frames frames, int from, int to) {
        for (int t = from; t < to; t++) {
            long row = frames.rowBytes(t);
            for (int v = 0; v < frames.symbols; v++) {
                frames.gradient.set(JAVA_FLOAT, row + (long) v * Float.BYTES, 0);
            }
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
