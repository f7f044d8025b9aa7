package io.github.tornadoctc.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** {@link SoftmaxRow} one symbol at a time, to the same bits: sums go to lanes and from lanes to a sum as there. */
final class ScalarSoftmaxRow {
    private static final int LANES = Lanes.FLOATS;
    private static final int HALF = Lanes.DOUBLES;

    /**
     * Exponentials added up in float before the sum goes on in double: 32 to a lane, of which each addition loses at
     * most half an ulp. The error of the whole is the mean of many, some 1e-8.
     */
    static final int BLOCK = 32 * LANES;

    /**
     * Below it one exponential, the 1 of the largest score, is more than half of the sum. Added up in float, the others
     * of its lane would lose up to half an ulp of 1 each, and always the same way. Such a row, of which a trained model
     * has many, is added up again without it.
     */
    private static final double NEARLY_CERTAIN = 2;

    private final float[] floats = new float[LANES];
    private final double[] sums = new double[Target.ALIGNMENT];
    private final double[] below = new double[Target.ALIGNMENT];

    /** Writes exp(score − largest) to {@code out}, and returns the sum. */
    double exponentials(MemorySegment scores, MemorySegment out, long row, int symbols, float largest) {
        double sum = sum(scores, row, symbols, largest);
        for (int v = 0; v < symbols; v++) {
            out.set(JAVA_FLOAT, at(row, v), Exp.exp(scores.get(JAVA_FLOAT, at(row, v)) - largest));
        }
        return sum;
    }

    /** The sum of exp(score − largest). */
    double sum(MemorySegment scores, long row, int symbols, float largest) {
        Arrays.fill(sums, 0);
        int whole = symbols & -LANES;
        for (int v = 0; v < whole; v += BLOCK) {
            addExponentials(scores, at(row, v), Math.min(BLOCK, whole - v), largest);
        }
        addExponentials(scores, at(row, whole), symbols - whole, largest);
        double sum = Lanes.sum(sums);
        if (isNearlyCertain(sum)) {
            sum = 1 + sumBelowOne(scores, at(row, whole), symbols - whole, largest);
            for (int v = 0; v < whole; v += BLOCK) {
                sum += sumBelowOne(scores, at(row, v), Math.min(BLOCK, whole - v), largest);
            }
        }
        return sum;
    }

    private void addExponentials(MemorySegment scores, long from, int count, float largest) {
        float[] lanes = floats;
        Arrays.fill(lanes, 0);
        for (int i = 0; i < count; i++) {
            lanes[i & (LANES - 1)] += Exp.exp(scores.get(JAVA_FLOAT, at(from, i)) - largest);
        }
        for (int lane = 0; lane < HALF; lane++) {
            sums[lane] += (double) lanes[lane] + lanes[lane + HALF];
        }
    }

    private double sumBelowOne(MemorySegment scores, long from, int count, float largest) {
        Arrays.fill(below, 0);
        for (int i = 0; i < count; i++) {
            float e = Exp.exp(scores.get(JAVA_FLOAT, at(from, i)) - largest);
            below[i & (HALF - 1)] += e >= 1 ? 0 : e;
        }
        return Lanes.sum(below);
    }

    /** Whether all but one exponential add up to less than it; none are 1 in a row that is all masked. */
    static boolean isNearlyCertain(double sum) {
        return sum >= 1 && sum < NEARLY_CERTAIN;
    }

    private static long at(long row, int v) {
        return row + (long) v * Float.BYTES;
    }
}
