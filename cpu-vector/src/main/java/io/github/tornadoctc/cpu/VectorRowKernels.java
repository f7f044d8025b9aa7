package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The row passes with symbols in the lanes of a vector: in double where every symbol has a slot, else in float.
 *
 * <p>Methods here hand each other numbers and arrays, never vectors. The compiler may decline to inline a method, and
 * then a vector that is passed or returned becomes an object.
 */
final class VectorRowKernels implements RowKernels {
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Float> HALF_FLOATS = Species.HALF_FLOATS;
    private static final int LANES = DOUBLES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Rows taken through all passes together: 16 rows of 64 symbols in double are 8 KB of the first-level cache. */
    private static final int ROWS = 16;

    /** Scratch for the sum over the lanes of a vector. */
    private final double[] lanes = new double[Target.ALIGNMENT];

    private final SoftmaxRow softmax = new SoftmaxRow();

    @Override
    public void denseRows(Frames frames, Target target, int from, int to) {
        for (int block = from; block < to; block += ROWS) {
            int end = Math.min(to, block + ROWS);
            for (int t = block; t < end; t++) {
                long row = frames.rowBytes(t);
                scan(frames, t, row);
                differences(frames, target, t, row);
            }
            VectorExp.exponentials(frames.emission, block * target.slots, end * target.slots);
            for (int t = block; t < end; t++) {
                frames.sum[t] = sum(frames.emission, t * target.slots, target.slots);
            }
        }
    }

    /** The largest and the least score of a row, NaN passed over. */
    private static void scan(Frames frames, int t, long row) {
        MemorySegment scores = frames.scores;
        int symbols = frames.symbols;
        FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector least = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        int whole = FLOATS.loopBound(symbols);
        for (int v = 0; v < whole; v += FLOATS.length()) {
            FloatVector score = FloatVector.fromMemorySegment(FLOATS, scores, row + (long) v * Float.BYTES, ORDER);
            largest = largest.blend(score, score.compare(GT, largest));
            least = least.blend(score, score.compare(LT, least));
        }
        if (whole < symbols) {
            VectorMask<Float> rest = FLOATS.indexInRange(whole, symbols);
            FloatVector score =
                    FloatVector.fromMemorySegment(FLOATS, scores, row + (long) whole * Float.BYTES, ORDER, rest);
            largest = largest.blend(score, score.compare(GT, largest, rest));
            least = least.blend(score, score.compare(LT, least, rest));
        }
        frames.largest[t] = largest.reduceLanes(MAX);
        frames.least[t] = least.reduceLanes(MIN);
    }

    /** Score − largest of every symbol, and −∞ in the slots of none. */
    private static void differences(Frames frames, Target target, int t, long row) {
        int symbols = frames.symbols;
        double[] emission = frames.emission;
        int at = t * target.slots;
        double largest = ScalarRowKernels.finiteOrZero(frames.largest[t]);
        int whole = DOUBLES.loopBound(symbols);
        int slot = 0;
        for (; slot < whole; slot += LANES) {
            DoubleVector score = (DoubleVector)
                    FloatVector.fromMemorySegment(HALF_FLOATS, frames.scores, row + (long) slot * Float.BYTES, ORDER)
                            .convertShape(F2D, DOUBLES, 0);
            score.sub(largest).intoArray(emission, at + slot);
        }
        if (slot < symbols) {
            DoubleVector score = (DoubleVector) FloatVector.fromMemorySegment(
                            HALF_FLOATS,
                            frames.scores,
                            row + (long) slot * Float.BYTES,
                            ORDER,
                            HALF_FLOATS.indexInRange(slot, symbols))
                    .convertShape(F2D, DOUBLES, 0);
            DoubleVector.broadcast(DOUBLES, Double.NEGATIVE_INFINITY)
                    .blend(score.sub(largest), DOUBLES.indexInRange(slot, symbols))
                    .intoArray(emission, at + slot);
            slot += LANES;
        }
        for (; slot < target.slots; slot += LANES) {
            DoubleVector.broadcast(DOUBLES, Double.NEGATIVE_INFINITY).intoArray(emission, at + slot);
        }
    }

    private double sum(double[] emission, int at, int slots) {
        DoubleVector sums = DoubleVector.fromArray(DOUBLES, emission, at);
        for (int slot = LANES; slot < slots; slot += LANES) {
            sums = sums.add(DoubleVector.fromArray(DOUBLES, emission, at + slot));
        }
        return Species.sum(sums, lanes);
    }

    @Override
    public void sparseRows(Frames frames, Target target, int from, int to) {
        for (int block = from; block < to; block += ROWS) {
            int end = Math.min(to, block + ROWS);
            for (int t = block; t < end; t++) {
                long row = frames.rowBytes(t);
                frames.largest[t] = SoftmaxRow.largest(frames.scores, row, frames.symbols);
                if (frames.logits) {
                    softmax(frames, t, row);
                } else {
                    logProbabilities(frames, t, row);
                }
                ScalarRowKernels.gatherDifferences(frames, target, t, row);
            }
            VectorExp.exponentials(frames.emission, block * target.slots, end * target.slots);
        }
    }

    private void softmax(Frames frames, int t, long row) {
        float largest = (float) ScalarRowKernels.finiteOrZero(frames.largest[t]);
        if (frames.wantsGradient) {
            double sum = softmax.exponentials(frames.scores, frames.gradient, row, frames.symbols, largest);
            frames.sum[t] = sum;
            SoftmaxRow.scale(frames.gradient, row, frames.symbols, (float) (frames.weight / sum));
        } else {
            frames.sum[t] = softmax.sum(frames.scores, row, frames.symbols, largest);
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
            denseGradient(frames, t * target.slots, frames.rowBytes(t), posterior, from, softmaxScale, posteriorScale);
        } else {
            ScalarRowKernels.writeGradient(frames, target, t, posterior, from, softmaxScale, posteriorScale);
        }
    }

    private static void denseGradient(
            Frames frames, int at, long row, double[] posterior, int from, double softmaxScale, double posteriorScale) {
        double[] emission = frames.emission;
        int symbols = frames.symbols;
        int whole = DOUBLES.loopBound(symbols);
        for (int v = 0; v < whole; v += LANES) {
            FloatVector value = (FloatVector) DoubleVector.fromArray(DOUBLES, emission, at + v)
                    .mul(softmaxScale)
                    .sub(DoubleVector.fromArray(DOUBLES, posterior, from + v).mul(posteriorScale))
                    .convertShape(D2F, HALF_FLOATS, 0);
            value.intoMemorySegment(frames.gradient, row + (long) v * Float.BYTES, ORDER);
        }
        if (whole < symbols) {
            FloatVector value = (FloatVector) DoubleVector.fromArray(DOUBLES, emission, at + whole)
                    .mul(softmaxScale)
                    .sub(DoubleVector.fromArray(DOUBLES, posterior, from + whole)
                            .mul(posteriorScale))
                    .convertShape(D2F, HALF_FLOATS, 0);
            value.intoMemorySegment(
                    frames.gradient, row + (long) whole * Float.BYTES, ORDER, HALF_FLOATS.indexInRange(whole, symbols));
        }
    }

    @Override
    public void clearRows(Frames frames, int from, int to) {
        for (int t = from; t < to; t++) {
            SoftmaxRow.clear(frames.gradient, frames.rowBytes(t), frames.symbols);
        }
    }
}
