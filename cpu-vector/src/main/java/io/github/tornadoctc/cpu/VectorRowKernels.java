package io.github.tornadoctc.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** The row passes with symbols in the lanes of a vector: in double where every symbol has a slot, else in float. */
final class VectorRowKernels implements RowKernels {
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, DOUBLES.vectorShape());

    /** Rows whose emissions are taken together. */
    private static final int ROWS = 16;

    private final VectorDenseRows dense = new VectorDenseRows();
    private final SoftmaxRow one = new SoftmaxRow();
    private final SoftmaxRows together = new SoftmaxRows();
    private final long[] lanes = new long[LONGS.length()];

    @Override
    public void denseRows(Frames frames, Target target, int from, int to) {
        dense.read(frames, target, from, to);
    }

    @Override
    public void sparseRows(Frames frames, Target target, int from, int to) {
        for (int block = from; block < to; block += ROWS) {
            int end = Math.min(to, block + ROWS);
            if (frames.logits) {
                softmax(frames, from, block, end, to);
            } else {
                logProbabilities(frames, block, end);
            }
            for (int t = block; t < end; t++) {
                ScalarRowKernels.gatherDifferences(frames, target, t, frames.rowBytes(t));
                ScalarRowKernels.keepLeast(frames, t, farthest(frames.emission, t * target.slots, target.slots));
            }
            VectorExp.exponentials(frames.emission, block * target.slots, end * target.slots);
            for (int t = block; t < end; t++) {
                ScalarRowKernels.clearSpareSlots(frames, target, t);
            }
        }
    }

    /** The largest magnitude of some differences, by the bits that are an integer which grows with it. */
    private double farthest(double[] differences, int from, int count) {
        LongVector farthest = LongVector.zero(LONGS);
        for (int i = 0; i < count; i += LONGS.length()) {
            farthest = DoubleVector.fromArray(DOUBLES, differences, from + i)
                    .reinterpretAsLongs()
                    .and(Long.MAX_VALUE)
                    .max(farthest);
        }
        farthest.intoArray(lanes, 0);
        long most = lanes[0];
        for (int lane = 1; lane < LONGS.length(); lane++) {
            most = Math.max(most, lanes[lane]);
        }
        return Double.longBitsToDouble(most);
    }

    /** Of rows [block, end) of [from, to), several at a time and the rest by itself. */
    private void softmax(Frames frames, int from, int block, int end, int to) {
        int rest = block + (end - block) / SoftmaxRows.ROWS * SoftmaxRows.ROWS;
        if (block == from) {
            int first = rest > from ? SoftmaxRows.ROWS : 1;
            for (int t = from; t < from + first; t++) {
                frames.largest[t] = SoftmaxRow.largest(frames.scores, frames.rowBytes(t), frames.symbols);
            }
        }
        for (int t = block; t < rest; t += SoftmaxRows.ROWS) {
            softmaxOfSeveral(frames, t, Math.min(t + SoftmaxRows.ROWS, to - SoftmaxRows.ROWS));
        }
        for (int t = rest; t < end; t++) {
            softmaxOfOne(frames, t, Math.min(t + 1, to - 1));
        }
    }

    /** Of several rows from t on; the largest scores of those from {@code next} on are found beside that. */
    private void softmaxOfSeveral(Frames frames, int t, int next) {
        long row = frames.rowBytes(t);
        long ahead = frames.rowBytes(next);
        long stride = frames.stride * Float.BYTES;
        for (int k = 0; k < SoftmaxRows.ROWS; k++) {
            together.largest[k] = (float) ScalarRowKernels.finiteOrZero(frames.largest[t + k]);
        }
        if (frames.wantsGradient) {
            together.exponentials(frames.scores, frames.gradient, row, ahead, stride, frames.symbols);
        } else {
            together.sum(frames.scores, row, ahead, stride, frames.symbols);
        }
        for (int k = 0; k < SoftmaxRows.ROWS; k++) {
            frames.largest[next + k] = together.largestAhead(k);
            frames.sum[t + k] = together.sum[k];
            scale(frames, t + k);
        }
    }

    /** Of row t; the largest score of row {@code next} is found beside that. */
    private void softmaxOfOne(Frames frames, int t, int next) {
        long row = frames.rowBytes(t);
        long ahead = frames.rowBytes(next);
        float largest = (float) ScalarRowKernels.finiteOrZero(frames.largest[t]);
        frames.sum[t] = frames.wantsGradient
                ? one.exponentials(frames.scores, frames.gradient, row, ahead, frames.symbols, largest)
                : one.sum(frames.scores, row, ahead, frames.symbols, largest);
        frames.largest[next] = one.largestAhead();
        scale(frames, t);
    }

    /** Makes weighted probabilities of the exponentials in row t of the gradient, if there is one. */
    private static void scale(Frames frames, int t) {
        if (frames.wantsGradient) {
            float factor = (float) (frames.weight / frames.sum[t]);
            SoftmaxRow.scale(frames.gradient, frames.rowBytes(t), frames.symbols, factor);
        }
    }

    private static void logProbabilities(Frames frames, int from, int to) {
        for (int t = from; t < to; t++) {
            long row = frames.rowBytes(t);
            frames.largest[t] = SoftmaxRow.largest(frames.scores, row, frames.symbols);
            frames.sum[t] = SoftmaxRow.hasNan(frames.scores, row, frames.symbols) ? Double.NaN : 1;
            if (frames.wantsGradient) {
                SoftmaxRow.clear(frames.gradient, row, frames.symbols);
            }
        }
    }

    @Override
    public void gradientRow(Frames frames, Target target, int t, double[] posterior, int from, double scale) {
        double softmaxScale = frames.weight * frames.softmaxScale(t);
        double posteriorScale = frames.weight * scale;
        if (target.dense) {
            dense.write(frames, t * target.slots, t, posterior, from, softmaxScale, posteriorScale);
        } else {
            ScalarRowKernels.writeGradient(frames, target, t, posterior, from, softmaxScale, posteriorScale);
        }
    }

    @Override
    public void clearRows(Frames frames, int from, int to) {
        for (int t = from; t < to; t++) {
            SoftmaxRow.clear(frames.gradient, frames.rowBytes(t), frames.symbols);
        }
    }
}
