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
    private final SoftmaxRow softmax = new SoftmaxRow();
    private final long[] lanes = new long[LONGS.length()];

    @Override
    public void denseRows(Frames frames, Target target, int from, int to) {
        dense.read(frames, target, from, to);
    }

    @Override
    public void sparseRows(Frames frames, Target target, int from, int to) {
        for (int block = from; block < to; block += ROWS) {
            int end = Math.min(to, block + ROWS);
            for (int t = block; t < end; t++) {
                long row = frames.rowBytes(t);
                if (t == from || !frames.logits) {
                    frames.largest[t] = SoftmaxRow.largest(frames.scores, row, frames.symbols);
                }
                if (frames.logits) {
                    int next = Math.min(t + 1, to - 1);
                    softmax(frames, t, row, frames.rowBytes(next));
                    frames.largest[next] = softmax.largestAhead();
                } else {
                    logProbabilities(frames, t, row);
                }
                ScalarRowKernels.gatherDifferences(frames, target, t, row);
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
            farthest = farthest.max(DoubleVector.fromArray(DOUBLES, differences, from + i)
                    .reinterpretAsLongs()
                    .and(Long.MAX_VALUE));
        }
        farthest.intoArray(lanes, 0);
        long most = lanes[0];
        for (int lane = 1; lane < LONGS.length(); lane++) {
            most = Math.max(most, lanes[lane]);
        }
        return Double.longBitsToDouble(most);
    }

    private void softmax(Frames frames, int t, long row, long ahead) {
        float largest = (float) ScalarRowKernels.finiteOrZero(frames.largest[t]);
        if (frames.wantsGradient) {
            double sum = softmax.exponentials(frames.scores, frames.gradient, row, ahead, frames.symbols, largest);
            frames.sum[t] = sum;
            SoftmaxRow.scale(frames.gradient, row, frames.symbols, (float) (frames.weight / sum));
        } else {
            frames.sum[t] = softmax.sum(frames.scores, row, ahead, frames.symbols, largest);
        }
    }

    private static void logProbabilities(Frames frames, int t, long row) {
        frames.sum[t] = SoftmaxRow.hasNan(frames.scores, row, frames.symbols) ? Double.NaN : 1;
        if (frames.wantsGradient) {
            SoftmaxRow.clear(frames.gradient, row, frames.symbols);
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
