package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The lattice that both recursions run over, as {@link ApproachKernel} and {@link DepartKernel} address it.
 *
 * <p>β is α of the reversed target over the reversed frames, so both directions run the same code. A work-item has pair
 * {@code i} of its direction, a blank and the label that comes after it: blank i and label i of α; of β, counted from
 * the target's end, blank U−i and label U−1−i.
 */
final class Lattice {
    private Lattice() {}

    /** The frame where α and β of an utterance of {@code length} frames meet. */
    static int middle(int length) {
        // never of a negative number, whose half TornadoVM 5.2.0 rounds down where Java rounds towards 0
        return TornadoMath.max(length - 1, 0) / 2;
    }

    /** The frames from a direction's first to the middle one; 0 of an utterance without frames. */
    static int stepsToMiddle(int backward, int length) {
        int middle = middle(length);
        return backward == 0 ? middle : TornadoMath.max(0, length - 1 - middle);
    }

    /** The frame of a direction's step. */
    static int frame(int backward, int step, int length) {
        return TornadoMath.max(0, backward == 0 ? step : length - 1 - step);
    }

    /** Which of the target's U labels is in pair i. */
    static int label(int backward, int i, int targetLength) {
        return backward == 0 ? i : targetLength - 1 - i;
    }

    /**
     * Where the blank of pair i stands among the blanks of a target, in the target's order. Of a pair past the target's
     * end it is where the last pair's stands.
     */
    static int blankPlace(int backward, int i, int targetLength) {
        int blank = TornadoMath.min(i, targetLength);
        return backward == 0 ? blank : targetLength - blank;
    }

    /**
     * Where the label of pair i stands among the states of the middle frame, {@code pairs} blanks and then as many labels;
     * of a pair without a label it is the place after the last label.
     */
    static int labelPlace(int backward, int i, int targetLength, int pairs) {
        return pairs + (i < targetLength ? label(backward, i, targetLength) : targetLength);
    }

    /**
     * Whether a path may come to the label of pair i from the label before it, without the blank between: not to the
     * first label, and not to one that repeats the label before it. {@code labels} is where the utterance's labels begin.
     */
    static boolean maySkip(IntArray description, int labels, int backward, int i, int targetLength) {
        boolean maySkip = false;
        if (i > 0 && i < targetLength) {
            int before = backward == 0 ? i - 1 : targetLength - i;
            maySkip = description.get(labels + label(backward, i, targetLength)) != description.get(labels + before);
        }
        return maySkip;
    }

    /** How many emissions a row of an utterance has, of the {@link Header#COLUMNS} that there is room for. */
    static int columns(IntArray description, int targetLength) {
        return description.get(Header.COLUMNS_BY_LABEL) == 1 ? targetLength + 1 : description.get(Header.COLUMNS);
    }

    /** Where the blank's emission stands in a row. */
    static int blankColumn(IntArray description, int targetLength) {
        return description.get(Header.COLUMNS_BY_LABEL) == 1 ? targetLength : description.get(Header.BLANK);
    }

    /** Where the emission of label u stands in a row; {@code labels} is where the utterance's labels begin. */
    static int labelColumn(IntArray description, int labels, int u) {
        return description.get(Header.COLUMNS_BY_LABEL) == 1 ? u : description.get(labels + u);
    }

    /** Where the emission of the label in pair i stands in a row; of a pair without a label, where the blank's does. */
    static int labelColumnOfPair(
            IntArray description, int labels, int backward, int i, int targetLength, int blankColumn) {
        return i < targetLength ? labelColumn(description, labels, label(backward, i, targetLength)) : blankColumn;
    }

    /**
     * The blank beside which label u is kept at frame t: from the middle frame on that before it, where it stands in α's
     * pairs; before the middle that after it, where it stands in β's.
     */
    static int labelPair(int u, int t, int length) {
        return t < middle(length) ? u + 1 : u;
    }

    /** Where the emission of state s stands in a row; {@code labels} is where the utterance's labels begin. */
    static int column(IntArray description, int labels, int s, int blankColumn) {
        return s % 2 == 1 ? labelColumn(description, labels, s / 2) : blankColumn;
    }

    /** How many values a reduction over the lanes of a group leaves to its second step, about as many as it has in the first. */
    static int few(int lanes) {
        int few = 1;
        while (few * few < lanes) {
            few *= 2;
        }
        return few;
    }
}
