package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The softmax of one long row, in float. What is looked over beside it is the row that comes next: from memory it is
 * read then, and the passes over it find it in the cache.
 */
final class SoftmaxRow {
    private static final VectorSpecies<Float> SPECIES = Species.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final int HALF = LANES / 2;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Scores that go into the maximum at a time: with one accumulator it would wait for its own result. */
    private static final int UNROLLED = 4 * LANES;

    static final int BLOCK = ScalarSoftmaxRow.BLOCK;

    /** By lane the sums of a block. */
    final float[] floats = new float[LANES];

    /** By lane the largest scores of the row ahead. */
    final float[] maxima = new float[LANES];

    private final double[] sums = new double[Target.ALIGNMENT];
    /** Exponentials of which only the sum is wanted; off-heap as the gradient, so that there is one kind of access. */
    private final MemorySegment scratch = Arena.ofAuto().allocate(BLOCK * (long) Float.BYTES, 64);

    /** The largest score, or any number if one of them is NaN. */
    static float largest(MemorySegment scores, long row, int symbols) {
        FloatVector m0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        int v = 0;
        for (; v <= symbols - UNROLLED; v += UNROLLED) {
            FloatVector s0 = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v), ORDER);
            FloatVector s1 = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v + LANES), ORDER);
            FloatVector s2 = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v + 2 * LANES), ORDER);
            FloatVector s3 = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v + 3 * LANES), ORDER);
            m0 = s0.blend(m0, s0.compare(LE, m0));
            m1 = s1.blend(m1, s1.compare(LE, m1));
            m2 = s2.blend(m2, s2.compare(LE, m2));
            m3 = s3.blend(m3, s3.compare(LE, m3));
        }
        for (; v < symbols; v += LANES) {
            VectorMask<Float> inRow = SPECIES.indexInRange(v, symbols);
            FloatVector s0 = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v), ORDER, inRow);
            m0 = s0.blend(m0, s0.compare(LE, m0).or(inRow.not()));
        }
        return m0.max(m1).max(m2.max(m3)).reduceLanes(MAX);
    }

    /**
     * Writes exp(score − largest) to {@code out}, and returns the sum.
     *
     * @param ahead where the next row begins, or this one again: {@link #largestAhead} is then its largest score
     */
    double exponentials(MemorySegment scores, MemorySegment out, long row, long ahead, int symbols, float largest) {
        start();
        int whole = whole(symbols);
        for (int v = 0; v < whole; v += BLOCK) {
            int count = Math.min(BLOCK, whole - v);
            VectorExp.exponentials(scores, at(row, v), at(ahead, v), out, at(row, v), count, largest, floats, maxima);
            addLanes();
        }
        return endExponentials(scores, out, row, ahead, symbols, largest);
    }

    /** The same, once all whole vectors have been added. */
    double endExponentials(MemorySegment scores, MemorySegment out, long row, long ahead, int symbols, float largest) {
        int whole = whole(symbols);
        addLast(scores, row, ahead, whole, symbols, largest);
        if (whole < symbols) {
            FloatVector.fromMemorySegment(SPECIES, scratch, 0, ORDER)
                    .intoMemorySegment(out, at(row, whole), ORDER, SPECIES.indexInRange(whole, symbols));
        }
        double sum = Lanes.sum(sums);
        if (ScalarSoftmaxRow.isNearlyCertain(sum)) {
            sum = 1 + sumBelowOne(scratch, 0, whole < symbols ? LANES : 0);
            for (int v = 0; v < whole; v += BLOCK) {
                sum += sumBelowOne(out, at(row, v), Math.min(BLOCK, whole - v));
            }
        }
        return sum;
    }

    /**
     * The sum of exp(score − largest).
     *
     * @param ahead as there
     */
    double sum(MemorySegment scores, long row, long ahead, int symbols, float largest) {
        start();
        int whole = whole(symbols);
        for (int v = 0; v < whole; v += BLOCK) {
            int count = Math.min(BLOCK, whole - v);
            VectorExp.exponentials(scores, at(row, v), at(ahead, v), scratch, 0, count, largest, floats, maxima);
            addLanes();
        }
        return endSum(scores, row, ahead, symbols, largest);
    }

    /** The same, once all whole vectors have been added. */
    double endSum(MemorySegment scores, long row, long ahead, int symbols, float largest) {
        int whole = whole(symbols);
        addLast(scores, row, ahead, whole, symbols, largest);
        double sum = Lanes.sum(sums);
        if (ScalarSoftmaxRow.isNearlyCertain(sum)) {
            sum = 1 + sumBelowOne(scratch, 0, whole < symbols ? LANES : 0);
            for (int v = 0; v < whole; v += BLOCK) {
                int count = Math.min(BLOCK, whole - v);
                VectorExp.exponentials(scores, at(row, v), at(ahead, v), scratch, 0, count, largest, floats, maxima);
                sum += sumBelowOne(scratch, 0, count);
            }
        }
        return sum;
    }

    /** The largest score of the row ahead, or any number if one of them is NaN. */
    float largestAhead() {
        return FloatVector.fromArray(SPECIES, maxima, 0).reduceLanes(MAX);
    }

    /** Symbols in whole vectors. */
    static int whole(int symbols) {
        return SPECIES.loopBound(symbols);
    }

    /** Begins with a row of which nothing has been added. */
    void start() {
        Arrays.fill(sums, 0);
        Arrays.fill(floats, 0);
        Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
    }

    /** The sum of {@code count} exponentials, whole vectors of them, without those that are 1. */
    private double sumBelowOne(MemorySegment exponentials, long from, int count) {
        DoubleVector sum = DoubleVector.zero(Species.DOUBLES);
        for (int i = 0; i < count; i += HALF) {
            FloatVector e = FloatVector.fromMemorySegment(Species.HALF_FLOATS, exponentials, from + at(0, i), ORDER);
            e = e.blend(0, e.compare(GE, 1));
            sum = ((DoubleVector) e.convertShape(F2D, Species.DOUBLES, 0)).add(sum);
        }
        Arrays.fill(sums, 0);
        sum.intoArray(sums, 0);
        return Lanes.sum(sums);
    }

    /** Adds the rest of a row, padded with masked scores to a whole vector, and leaves its exponentials in scratch. */
    private void addLast(MemorySegment scores, long row, long ahead, int from, int symbols, float largest) {
        if (from < symbols) {
            copyLast(scores, row, from, symbols, 0);
            copyLast(scores, ahead, from, symbols, LANES);
            VectorExp.exponentials(scratch, 0, at(0, LANES), scratch, 0, LANES, largest, floats, maxima);
            addLanes();
        }
    }

    private void copyLast(MemorySegment scores, long row, int from, int symbols, int to) {
        VectorMask<Float> inRow = SPECIES.indexInRange(from, symbols);
        FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY)
                .blend(FloatVector.fromMemorySegment(SPECIES, scores, at(row, from), ORDER, inRow), inRow)
                .intoMemorySegment(scratch, at(0, to), ORDER);
    }

    /** Adds the sums of a block to those of the row. */
    void addLanes() {
        DoubleVector low = (DoubleVector)
                FloatVector.fromArray(Species.HALF_FLOATS, floats, 0).convertShape(F2D, Species.DOUBLES, 0);
        DoubleVector high = (DoubleVector)
                FloatVector.fromArray(Species.HALF_FLOATS, floats, HALF).convertShape(F2D, Species.DOUBLES, 0);
        DoubleVector.fromArray(Species.DOUBLES, sums, 0).add(low.add(high)).intoArray(sums, 0);
        Arrays.fill(floats, 0);
    }

    static boolean hasNan(MemorySegment scores, long row, int symbols) {
        VectorMask<Float> nan = SPECIES.maskAll(false);
        for (int v = 0; v < symbols; v += LANES) {
            VectorMask<Float> inRow = SPECIES.indexInRange(v, symbols);
            FloatVector score = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v), ORDER, inRow);
            nan = score.test(IS_NAN).or(nan);
        }
        return nan.anyTrue();
    }

    /** Multiplies the row with a factor. */
    static void scale(MemorySegment values, long row, int symbols, float factor) {
        int v = 0;
        for (; v < SPECIES.loopBound(symbols); v += LANES) {
            FloatVector.fromMemorySegment(SPECIES, values, at(row, v), ORDER)
                    .mul(factor)
                    .intoMemorySegment(values, at(row, v), ORDER);
        }
        if (v < symbols) {
            VectorMask<Float> inRow = SPECIES.indexInRange(v, symbols);
            FloatVector.fromMemorySegment(SPECIES, values, at(row, v), ORDER, inRow)
                    .mul(factor)
                    .intoMemorySegment(values, at(row, v), ORDER, inRow);
        }
    }

    /** Makes the row 0. */
    static void clear(MemorySegment values, long row, int symbols) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int v = 0;
        for (; v < SPECIES.loopBound(symbols); v += LANES) {
            zero.intoMemorySegment(values, at(row, v), ORDER);
        }
        if (v < symbols) {
            zero.intoMemorySegment(values, at(row, v), ORDER, SPECIES.indexInRange(v, symbols));
        }
    }

    private static long at(long row, int v) {
        return row + (long) v * Float.BYTES;
    }
}
