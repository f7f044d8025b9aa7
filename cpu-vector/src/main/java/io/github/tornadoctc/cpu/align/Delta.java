package io.github.tornadoctc.cpu.align;

import java.util.Arrays;

/**
 * δ of one frame: of each state the best that a path has added up which is there, −∞ where none is. Arrays are over pairs,
 * as in {@link TargetPairs}.
 */
final class Delta {
    final double[] blank;
    final double[] label;

    Delta(TargetPairs target) {
        int padded = TargetPairs.PAD + target.lanes + TargetPairs.PAD;
        blank = new double[padded];
        label = new double[padded];
    }

    /** Before the first frame every path is in the first blank, which it leaves or where it stays. */
    void start() {
        Arrays.fill(blank, Double.NEGATIVE_INFINITY);
        Arrays.fill(label, Double.NEGATIVE_INFINITY);
        blank[TargetPairs.PAD] = 0;
    }

    /** Copies pairs [first, end) from another one; from before them nothing is to come. */
    void load(Delta other, int first, int end) {
        int at = TargetPairs.PAD + first;
        System.arraycopy(other.blank, at, blank, at, end - first);
        System.arraycopy(other.label, at, label, at, end - first);
        label[at - 1] = Double.NEGATIVE_INFINITY;
    }

    /** Whether it is better to end in the last label than in the last blank. */
    boolean endsInLabel(TargetPairs target) {
        int last = TargetPairs.PAD + target.labels;
        return label[last - 1] > blank[last];
    }

    /** δ of the best end. */
    double end(TargetPairs target) {
        int last = TargetPairs.PAD + target.labels;
        return Math.max(label[last - 1], blank[last]);
    }
}
