package io.github.tornadoctc.cpu;

import java.util.Arrays;

/**
 * α or β of one frame in extended floats: each state's probability is {@code mantissa · 2^exponent}, the exponent a
 * double of its own, an integer. All arrays are indexed at {@link Target#PAD} + i.
 *
 * <p>No mantissa is ever 0. A state without probability has an exponent of {@value #NOTHING} or less, with which it counts
 * for nothing beside any other.
 */
final class ExtendedState {
    /** Far below the exponents that 2^31 frames of the lowest floats add up to, and T times it is still finite. */
    static final double NOTHING = -1e200;
    /** What is below it is NOTHING, or NOTHING with something added to it. */
    static final double IMPOSSIBLE = -1e100;

    double[] blank = {};
    double[] blankExponent = {};
    double[] label = {};
    double[] labelExponent = {};

    /** All probability in the blank of one pair. */
    void start(Target target, int pair) {
        int padded = Target.PAD + target.lanes + Target.PAD;
        blank = Grow.atLeast(blank, padded);
        blankExponent = Grow.atLeast(blankExponent, padded);
        label = Grow.atLeast(label, padded);
        labelExponent = Grow.atLeast(labelExponent, padded);
        Arrays.fill(blank, 0, padded, 1);
        Arrays.fill(label, 0, padded, 1);
        Arrays.fill(blankExponent, 0, padded, NOTHING);
        Arrays.fill(labelExponent, 0, padded, NOTHING);
        blankExponent[Target.PAD + pair] = 0;
    }
}
