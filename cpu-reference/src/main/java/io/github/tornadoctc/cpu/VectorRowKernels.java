package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The row passes with symbols in the lanes of a vector: in double where every symbol has a slot, else in float. */
final class VectorRowKernels implements RowKernels {
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Float> HALF_FLOATS = Species.HALF_FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Scratch for the sum over the lanes of a vector. */
    private final double[] lanes = new double[Target.ALIGNMENT];

    @Override
    public void denseRows(Frames frames, Target target, int from, int to) {
        for (int t = from; t < to; t++) {
            long row = frames.rowBytes(t);
            scan(frames, t, row);
            frames.sum[t] = emissions(frames, target, row, t * target.slots, finiteOrZero(frames.largest[t]));
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

    /** Emissions of all symbols, and their sum. */
    private double emissions(Frames frames, Target target, long row, int at, double largest) {
        int symbols = frames.symbols;
        double[] emission = frames.emission;
        DoubleVector sums = DoubleVector.zero(DOUBLES);
        int whole = DOUBLES.loopBound(symbols);
        int slot = 0;
        for (; slot < whole; slot += DOUBLES.length()) {
            FloatVector score =
                    FloatVector.fromMemorySegment(HALF_FLOATS, frames.scores, row + (long) slot * Float.BYTES, ORDER);
            DoubleVector exp = VectorExp.exp(widen(score).sub(largest));
            exp.intoArray(emission, at + slot);
            sums = sums.add(exp);
        }
        if (slot < symbols) {
            VectorMask<Float> rest = HALF_FLOATS.indexInRange(slot, symbols);
            FloatVector score = FloatVector.fromMemorySegment(
                    HALF_FLOATS, frames.scores, row + (long) slot * Float.BYTES, ORDER, rest);
            DoubleVector exp = VectorExp.exp(widen(score).sub(largest))
                    .blend(0, DOUBLES.indexInRange(slot, symbols).not());
            exp.intoArray(emission, at + slot);
            sums = sums.add(exp);
            slot += DOUBLES.length();
        }
        for (; slot < target.slots; slot += DOUBLES.length()) {
            DoubleVector.zero(DOUBLES).intoArray(emission, at + slot);
        }
        return Species.sum(sums, lanes);
    }

    @Override
    public void sparseRows(Frames frames, Target target, int from, int to) {
        for (int t = from; t < to; t++) {
            long row = frames.rowBytes(t);
            if (frames.logits) {
                softmax(frames, t, row);
            } else {
                logProbabilities(frames, t, row);
            }
            gather(frames, target, t, row);
        }
    }

    private void softmax(Frames frames, int t, long row) {
        float largest = SoftmaxRow.largest(frames.scores, row, frames.symbols);
        frames.largest[t] = largest;
        float reference = (float) finiteOrZero(largest);
        if (frames.wantsGradient) {
            double sum = SoftmaxRow.exponentials(frames.scores, frames.gradient, row, frames.symbols, reference, lanes);
            frames.sum[t] = sum;
            SoftmaxRow.scale(frames.gradient, row, frames.symbols, (float) (frames.weight / sum));
        } else {
            frames.sum[t] = SoftmaxRow.sum(frames.scores, row, frames.symbols, reference, lanes);
        }
    }

    /** Only the largest, and whether there is a NaN. */
    private static void logProbabilities(Frames frames, int t, long row) {
        int symbols = frames.symbols;
        VectorMask<Float> nan = FLOATS.maskAll(false);
        for (int v = 0; v < symbols; v += FLOATS.length()) {
            VectorMask<Float> inRow = FLOATS.indexInRange(v, symbols);
            nan = nan.or(
                    FloatVector.fromMemorySegment(FLOATS, frames.scores, row + (long) v * Float.BYTES, ORDER, inRow)
                            .test(IS_NAN));
        }
        frames.largest[t] = SoftmaxRow.largest(frames.scores, row, symbols);
        frames.sum[t] = nan.anyTrue() ? Double.NaN : 1;
        if (frames.wantsGradient) {
            SoftmaxRow.clear(frames.gradient, row, symbols);
        }
    }

    /** Emissions of the target's symbols. */
    private static void gather(Frames frames, Target target, int t, long row) {
        int at = t * target.slots;
        double largest = finiteOrZero(frames.largest[t]);
        float least = Float.POSITIVE_INFINITY;
        double[] emission = frames.emission;
        for (int slot = 0; slot < target.usedSlots; slot++) {
            float score = ScalarRowKernels.score(frames, row, target.distinct[slot]);
            least = Math.min(least, score);
            emission[at + slot] = score - largest;
        }
        for (int slot = target.usedSlots; slot < target.slots; slot++) {
            emission[at + slot] = Double.NEGATIVE_INFINITY;
        }
        for (int slot = 0; slot < target.slots; slot += DOUBLES.length()) {
            VectorExp.exp(DoubleVector.fromArray(DOUBLES, emission, at + slot)).intoArray(emission, at + slot);
        }
        frames.least[t] = least;
    }

    @Override
    public void gradientRow(Frames frames, Target target, int t, double[] posterior, double scale) {
        double softmaxScale = frames.weight * frames.softmaxScale(t);
        double posteriorScale = frames.weight * scale;
        if (!target.dense) {
            ScalarRowKernels.writeGradient(frames, target, t, posterior, softmaxScale, posteriorScale);
            return;
        }
        int at = t * target.slots;
        long row = frames.rowBytes(t);
        int symbols = frames.symbols;
        int v = 0;
        for (; v <= symbols - DOUBLES.length(); v += DOUBLES.length()) {
            difference(frames.emission, at + v, posterior, v, softmaxScale, posteriorScale)
                    .intoMemorySegment(frames.gradient, row + (long) v * Float.BYTES, ORDER);
        }
        if (v < symbols) {
            difference(frames.emission, at + v, posterior, v, softmaxScale, posteriorScale)
                    .intoMemorySegment(
                            frames.gradient, row + (long) v * Float.BYTES, ORDER, HALF_FLOATS.indexInRange(v, symbols));
        }
    }

    private static FloatVector difference(
            double[] emission, int at, double[] posterior, int slot, double softmaxScale, double posteriorScale) {
        DoubleVector occupied = DoubleVector.fromArray(DOUBLES, posterior, slot).mul(posteriorScale);
        DoubleVector value =
                DoubleVector.fromArray(DOUBLES, emission, at).mul(softmaxScale).sub(occupied);
        return (FloatVector) value.convertShape(VectorOperators.D2F, HALF_FLOATS, 0);
    }

    private static DoubleVector widen(FloatVector half) {
        return (DoubleVector) half.convertShape(VectorOperators.F2D, DOUBLES, 0);
    }

    private static double finiteOrZero(float largest) {
        return ScalarRowKernels.finiteOrZero(largest);
    }
}
