package io.github.tornadoctc.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.util.Arrays;

/**
 * The emissions of one frame as extended floats, by slot, relative to the most likely of the target's symbols.
 *
 * <p>With n the multiple of {@value #STEP} nearest to x / ln 2, eˣ = 2ⁿ · e^(x − n ln 2). The multiple keeps sums of
 * exponents exact up to 2^53 · {@value #STEP} = 5.8e17, which is 4e17 nats; beyond it they are rounded, as a logarithm
 * would be.
 */
final class ExtendedRow {
    /** Exponents are multiples of it. */
    static final int STEP = 64;

    static final double STEPS_PER_NAT = 1.4426950408889634 / STEP;
    /** Adding it rounds a number in [−2^52, 0] to an integer. */
    static final double ROUND = -0x1p52;
    /** The same for numbers of either sign, near 0. */
    static final double ROUND_SMALL = 0x1.8p52;
    /** The double nearest to ln 2, and what is left of it: a fused multiply-add loses nothing of n times the first. */
    static final double LN2_HIGH = 0.6931471805599453;

    static final double LN2_LOW = 2.3190468138462996e-17;
    /** What is left beside the first n is at most one and a half steps, 67 nats, if x is not beyond all exactness. */
    static final double MOST_REST = 100;

    /** Scores, until kernels have made emissions of them. */
    double[] mantissa = {};

    double[] exponent = {};

    /** The emission of the label of each pair, once {@link #writeLabels(Target)} has written it. */
    double[] labelMantissa = {};

    double[] labelExponent = {};

    /** What emissions are relative to: the largest score of the target's symbols, 0 if all are masked. */
    double reference;

    void prepare(Target target) {
        mantissa = Grow.atLeast(mantissa, target.slots);
        exponent = Grow.atLeast(exponent, target.slots);
        labelMantissa = Grow.atLeast(labelMantissa, target.lanes);
        labelExponent = Grow.atLeast(labelExponent, target.lanes);
    }

    /** Reads frame t. */
    void read(Frames frames, Target target, ExtendedKernels kernels, int t) {
        long row = frames.rowBytes(t);
        float largest = Float.NEGATIVE_INFINITY;
        for (int k = 0; k < target.distinctCount; k++) {
            float score = frames.scores.get(JAVA_FLOAT, row + (long) target.distinct[k] * Float.BYTES);
            largest = score > largest ? score : largest;
            mantissa[target.distinctSlot(k)] = score;
        }
        reference = ScalarRowKernels.finiteOrZero(largest);
        // the slots of symbols that the target has not hold anything, and come to anything
        kernels.emissions(this, Grow.roundUp(target.usedSlots, Target.ALIGNMENT));
        Arrays.fill(mantissa, target.usedSlots, target.slots, 1);
        Arrays.fill(exponent, target.usedSlots, target.slots, ExtendedState.NOTHING);
    }

    /**
     * Writes the emission of the label of each pair where kernels look for it that keep nothing of the frame. They do not
     * gather it themselves: beside all else that they do, the compiler makes objects of the indices of a gather.
     */
    void writeLabels(Target target) {
        writeLabels(target, labelMantissa, labelExponent, 0);
    }

    /** The same into other arrays, from {@code at} on. */
    void writeLabels(Target target, double[] mantissas, double[] exponents, int at) {
        write(mantissa, target, mantissas, at);
        write(exponent, target, exponents, at);
    }

    private static void write(double[] bySlot, Target target, double[] byPair, int at) {
        int[] slots = target.labelSlot;
        for (int i = 0; i < target.lanes; i++) {
            byPair[at + i] = bySlot[slots[Target.PAD + i]];
        }
    }
}
