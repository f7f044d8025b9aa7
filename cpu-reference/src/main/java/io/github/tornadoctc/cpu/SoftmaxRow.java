package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The softmax of one long row, in float. The row is read from memory once, by {@link #largest}; the passes that follow
 * find it in the cache.
 *
 * <p>The last vector of a row is masked, in a method of its own: one exponential a method is what the compiler inlines
 * whatever else it has inlined already.
 */
final class SoftmaxRow {
    private static final VectorSpecies<Float> SPECIES = Species.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Accumulators of the maximum, which would wait for its own result else. */
    private static final int UNROLLED = 4 * LANES;

    /**
     * Exponentials added up in float before the sum goes on in double: 32 to a lane, of which each addition loses at
     * most half an ulp. The error of the whole is the mean of many, some 1e-8.
     */
    private static final int BLOCK = 32 * LANES;

    private SoftmaxRow() {}

    /** The largest score, NaN passed over. */
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
            m0 = m0.blend(s0, s0.compare(GT, m0));
            m1 = m1.blend(s1, s1.compare(GT, m1));
            m2 = m2.blend(s2, s2.compare(GT, m2));
            m3 = m3.blend(s3, s3.compare(GT, m3));
        }
        for (; v < symbols; v += LANES) {
            VectorMask<Float> inRow = SPECIES.indexInRange(v, symbols);
            FloatVector s0 = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v), ORDER, inRow);
            m0 = m0.blend(s0, s0.compare(GT, m0, inRow));
        }
        return m0.max(m1).max(m2.max(m3)).reduceLanes(MAX);
    }

    /** Writes exp(score − largest) to {@code out}, and returns the sum. */
    static double exponentials(
            MemorySegment scores, MemorySegment out, long row, int symbols, float largest, double[] lanes) {
        DoubleVector sum = DoubleVector.zero(Species.DOUBLES);
        int whole = SPECIES.loopBound(symbols);
        int v = 0;
        while (v < whole) {
            int end = Math.min(v + BLOCK, whole);
            FloatVector part = FloatVector.zero(SPECIES);
            for (; v < end; v += LANES) {
                FloatVector score = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v), ORDER);
                FloatVector exp = VectorExp.exp(score.sub(largest));
                exp.intoMemorySegment(out, at(row, v), ORDER);
                part = part.add(exp);
            }
            sum = sum.add(part.convert(F2D, 0)).add(part.convert(F2D, 1));
        }
        double rest = whole == symbols ? 0 : lastExponentials(scores, out, row, whole, symbols, largest, lanes);
        return Species.sum(sum, lanes) + rest;
    }

    private static double lastExponentials(
            MemorySegment scores, MemorySegment out, long row, int v, int symbols, float largest, double[] lanes) {
        VectorMask<Float> inRow = SPECIES.indexInRange(v, symbols);
        FloatVector score = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v), ORDER, inRow);
        FloatVector exp = VectorExp.exp(score.sub(largest)).blend(0, inRow.not());
        exp.intoMemorySegment(out, at(row, v), ORDER, inRow);
        return Species.sum((DoubleVector) exp.convert(F2D, 0).add(exp.convert(F2D, 1)), lanes);
    }

    /** The sum of exp(score − largest). */
    static double sum(MemorySegment scores, long row, int symbols, float largest, double[] lanes) {
        DoubleVector sum = DoubleVector.zero(Species.DOUBLES);
        int whole = SPECIES.loopBound(symbols);
        int v = 0;
        while (v < whole) {
            int end = Math.min(v + BLOCK, whole);
            FloatVector part = FloatVector.zero(SPECIES);
            for (; v < end; v += LANES) {
                FloatVector score = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v), ORDER);
                part = part.add(VectorExp.exp(score.sub(largest)));
            }
            sum = sum.add(part.convert(F2D, 0)).add(part.convert(F2D, 1));
        }
        double rest = whole == symbols ? 0 : lastSum(scores, row, whole, symbols, largest, lanes);
        return Species.sum(sum, lanes) + rest;
    }

    private static double lastSum(MemorySegment scores, long row, int v, int symbols, float largest, double[] lanes) {
        VectorMask<Float> inRow = SPECIES.indexInRange(v, symbols);
        FloatVector score = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v), ORDER, inRow);
        FloatVector exp = VectorExp.exp(score.sub(largest)).blend(0, inRow.not());
        return Species.sum((DoubleVector) exp.convert(F2D, 0).add(exp.convert(F2D, 1)), lanes);
    }

    static boolean hasNan(MemorySegment scores, long row, int symbols) {
        VectorMask<Float> nan = SPECIES.maskAll(false);
        for (int v = 0; v < symbols; v += LANES) {
            VectorMask<Float> inRow = SPECIES.indexInRange(v, symbols);
            FloatVector score = FloatVector.fromMemorySegment(SPECIES, scores, at(row, v), ORDER, inRow);
            nan = nan.or(score.test(IS_NAN));
        }
        return nan.anyTrue();
    }

    /** Multiplies the row with a factor. */
    static void scale(MemorySegment values, long row, int symbols, float factor) {
        int whole = SPECIES.loopBound(symbols);
        for (int v = 0; v < whole; v += LANES) {
            FloatVector.fromMemorySegment(SPECIES, values, at(row, v), ORDER)
                    .mul(factor)
                    .intoMemorySegment(values, at(row, v), ORDER);
        }
        if (whole < symbols) {
            VectorMask<Float> inRow = SPECIES.indexInRange(whole, symbols);
            FloatVector.fromMemorySegment(SPECIES, values, at(row, whole), ORDER, inRow)
                    .mul(factor)
                    .intoMemorySegment(values, at(row, whole), ORDER, inRow);
        }
    }

    /** Makes the row 0. */
    static void clear(MemorySegment values, long row, int symbols) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int whole = SPECIES.loopBound(symbols);
        for (int v = 0; v < whole; v += LANES) {
            zero.intoMemorySegment(values, at(row, v), ORDER);
        }
        if (whole < symbols) {
            zero.intoMemorySegment(values, at(row, whole), ORDER, SPECIES.indexInRange(whole, symbols));
        }
    }

    private static long at(long row, int v) {
        return row + (long) v * Float.BYTES;
    }
}
