package io.github.tornadoctc.cpu;

import java.util.Arrays;

/**
 * α or β of one frame in the linear domain: pair i has the probabilities {@code blank[i] · 2^exponent[i]} and
 * {@code label[i] · 2^exponent[i]}. All arrays are indexed at {@link Target#PAD} + i.
 *
 * <p>Exponents change only between periods of frames ({@link Rescaling}). Within a period what flows into pair i from
 * its neighbour is multiplied by {@code inflow[i] = 2^(exponent[neighbour] − exponent[i])}.
 */
final class LatticeState {
    double[] blank = {};
    double[] label = {};
    long[] exponent = {};
    /** The factor of what flows from the neighbour's label to a blank (α), or from its blank to a label (β). */
    double[] inflow = {};
    /** The factor of what flows from label to label: {@link #inflow}, or 0 between two equal labels. */
    double[] skipInflow = {};

    /** All probability in the blank of one pair. */
    void start(Utterance u, int pair) {
        Target target = u.target;
        int padded = Target.PAD + target.lanes + Target.PAD;
        blank = Grow.atLeast(blank, padded);
        label = Grow.atLeast(label, padded);
        exponent = Grow.atLeast(exponent, padded);
        inflow = Grow.atLeast(inflow, padded);
        skipInflow = Grow.atLeast(skipInflow, padded);
        Arrays.fill(blank, 0, padded, 0);
        Arrays.fill(label, 0, padded, 0);
        Arrays.fill(exponent, 0, padded, 0);
        blank[Target.PAD + pair] = 1;
    }
}
