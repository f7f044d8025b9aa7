package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The softmax of one long row, in float. The row is read from memory once, by {@link #largest}; the passes that follow
 * find it in the cache. Four accumulators a pass, since one would make it wait for its own result.
 */
final class SoftmaxRow {
    private static final VectorSpecies<Float> SPECIES = Species.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int UNROLLED = 4 * LANES;

    /**
     * Exponentials added up in float before the sum goes on in double: an accumulator's lane takes 16 of them, so that
     * its rounding stays below 16 half ulps at the very worst.
     */
    private static final int BLOCK = 16 * UNROLLED;

    private SoftmaxRow() {}

    /** The largest score, NaN passed over. */
    static float largest(MemorySegment scores, long row, int symbols) {
        FloatVector m0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        int v = 0;
        for (; v <= symbols - UNROLLED; v += UNROLLED) {
            m0 = larger(m0, load(scores, row, v));
            m1 = larger(m1, load(scores, row, v + LANES));
            m2 = larger(m2, load(scores, row, v + 2 * LANES));
            m3 = larger(m3, load(scores, row, v + 3 * LANES));
        }
        for (; v < symbols; v += LANES) {
            VectorMask<Float> inRow = SPECIES.indexInRange(v, symbols);
            FloatVector score = load(scores, row, v, inRow);
            m0 = m0.blend(score, score.compare(GT, m0, inRow));
        }
        return larger(larger(m0, m1), larger(m2, m3)).reduceLanes(MAX);
    }

    private static FloatVector larger(FloatVector a, FloatVector b) {
        return a.blend(b, b.compare(GT, a));
    }

    /** Writes exp(score − largest) to {@code out}, and returns the sum. */
    static double exponentials(
            MemorySegment scores, MemorySegment out, long row, int symbols, float largest, double[] lanes) {
        DoubleVector sum = DoubleVector.zero(Species.DOUBLES);
        int v = 0;
        while (v <= symbols - UNROLLED) {
            int end = Math.min(v + BLOCK, symbols - UNROLLED + 1);
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (; v < end; v += UNROLLED) {
                FloatVector e0 = VectorExp.exp(load(scores, row, v).sub(largest));
                FloatVector e1 = VectorExp.exp(load(scores, row, v + LANES).sub(largest));
                FloatVector e2 = VectorExp.exp(load(scores, row, v + 2 * LANES).sub(largest));
                FloatVector e3 = VectorExp.exp(load(scores, row, v + 3 * LANES).sub(largest));
                store(e0, out, row, v);
                store(e1, out, row, v + LANES);
                store(e2, out, row, v + 2 * LANES);
                store(e3, out, row, v + 3 * LANES);
                s0 = s0.add(e0);
                s1 = s1.add(e1);
                s2 = s2.add(e2);
                s3 = s3.add(e3);
            }
            sum = sum.add(widen(s0.add(s1))).add(widen(s2.add(s3)));
        }
        for (; v < symbols; v += LANES) {
            VectorMask<Float> inRow = SPECIES.indexInRange(v, symbols);
            FloatVector e = exp(scores, row, v, largest, inRow);
            e.intoMemorySegment(out, row + (long) v * Float.BYTES, ORDER, inRow);
            sum = sum.add(widen(e));
        }
        return Species.sum(sum, lanes);
    }

    /** The sum of exp(score − largest). */
    static double sum(MemorySegment scores, long row, int symbols, float largest, double[] lanes) {
        DoubleVector sum = DoubleVector.zero(Species.DOUBLES);
        int v = 0;
        while (v <= symbols - UNROLLED) {
            int end = Math.min(v + BLOCK, symbols - UNROLLED + 1);
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (; v < end; v += UNROLLED) {
                s0 = s0.add(VectorExp.exp(load(scores, row, v).sub(largest)));
                s1 = s1.add(VectorExp.exp(load(scores, row, v + LANES).sub(largest)));
                s2 = s2.add(VectorExp.exp(load(scores, row, v + 2 * LANES).sub(largest)));
                s3 = s3.add(VectorExp.exp(load(scores, row, v + 3 * LANES).sub(largest)));
            }
            sum = sum.add(widen(s0.add(s1))).add(widen(s2.add(s3)));
        }
        for (; v < symbols; v += LANES) {
            sum = sum.add(widen(exp(scores, row, v, largest, SPECIES.indexInRange(v, symbols))));
        }
        return Species.sum(sum, lanes);
    }

    private static FloatVector exp(MemorySegment scores, long row, int v, float largest, VectorMask<Float> inRow) {
        return VectorExp.exp(load(scores, row, v, inRow).sub(largest)).blend(0, inRow.not());
    }

    /** Multiplies the row with a factor. */
    static void scale(MemorySegment values, long row, int symbols, float factor) {
        int whole = SPECIES.loopBound(symbols);
        for (int v = 0; v < whole; v += LANES) {
            store(load(values, row, v).mul(factor), values, row, v);
        }
        if (whole < symbols) {
            VectorMask<Float> rest = SPECIES.indexInRange(whole, symbols);
            load(values, row, whole, rest)
                    .mul(factor)
                    .intoMemorySegment(values, row + (long) whole * Float.BYTES, ORDER, rest);
        }
    }

    /** Makes the row 0. */
    static void clear(MemorySegment values, long row, int symbols) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int whole = SPECIES.loopBound(symbols);
        for (int v = 0; v < whole; v += LANES) {
            store(zero, values, row, v);
        }
        if (whole < symbols) {
            zero.intoMemorySegment(
                    values, row + (long) whole * Float.BYTES, ORDER, SPECIES.indexInRange(whole, symbols));
        }
    }

    private static FloatVector load(MemorySegment from, long row, int v) {
        return FloatVector.fromMemorySegment(SPECIES, from, row + (long) v * Float.BYTES, ORDER);
    }

    private static FloatVector load(MemorySegment from, long row, int v, VectorMask<Float> inRow) {
        return FloatVector.fromMemorySegment(SPECIES, from, row + (long) v * Float.BYTES, ORDER, inRow);
    }

    private static void store(FloatVector value, MemorySegment to, long row, int v) {
        value.intoMemorySegment(to, row + (long) v * Float.BYTES, ORDER);
    }

    private static DoubleVector widen(FloatVector values) {
        return (DoubleVector) values.convert(F2D, 0).add(values.convert(F2D, 1));
    }
}
