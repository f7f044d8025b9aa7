package io.github.tornadoctc.cpu;

import java.util.Arrays;

/** The posteriors of one frame, up to a factor common to the frame. */
final class Posteriors {
    /**
     * Pairs to a symbol, from which on they are added up symbol by symbol. Pair by pair, a sum would wait for the one
     * before to be written and read again.
     */
    private static final int MANY_PAIRS_OF_A_SYMBOL = 3;

    /** By pair: of its label. */
    double[] label = {};
    /** By pair: of its blank; only if {@link #byState}. */
    double[] blank = {};
    /** Whether those of blanks are wanted by pair, and not only their sum. */
    boolean byState;
    /** By slot: of each symbol. */
    double[] symbol = {};

    void prepare(Utterance u) {
        Target target = u.target;
        byState = u.occupation.isWanted();
        blank = byState ? Grow.atLeast(blank, target.lanes) : blank;
        label = Grow.atLeast(label, target.lanes);
        symbol = Grow.atLeast(symbol, target.slots);
    }

    /**
     * Writes what is wanted of frame t: γ by state, or the row of the gradient.
     *
     * @param blankSum the sum over the blanks
     * @param sum the sum over all states
     */
    void write(Utterance u, RowKernels rows, int t, int first, int last, double blankSum, double sum) {
        if (byState) {
            u.occupation.write(u.target, this, t, first, last, 1 / sum);
        } else {
            gather(u.target, first, last, blankSum);
            rows.gradientRow(u.frames, u.target, t, symbol, 1 / sum);
        }
    }

    /**
     * Adds up by slot what the labels of pairs first to last have, in their order. Pair U has no label, and a slot that no
     * symbol has.
     */
    private void gather(Target target, int first, int last, double blankSum) {
        if (target.labels < MANY_PAIRS_OF_A_SYMBOL * target.distinctCount) {
            scatter(target, first, last);
        } else {
            gatherBySlot(target, first, last);
        }
        symbol[target.blankSlot] = blankSum;
    }

    private void scatter(Target target, int first, int last) {
        double[] bySlot = symbol;
        double[] byPair = label;
        int[] slots = target.labelSlot;
        Arrays.fill(bySlot, 0, target.slots, 0);
        for (int i = first; i <= last; i++) {
            bySlot[slots[Target.PAD + i]] += byPair[i];
        }
    }

    private void gatherBySlot(Target target, int first, int last) {
        double[] bySlot = symbol;
        double[] byPair = label;
        int[] pairs = target.pairsBySlot;
        int[] starts = target.pairsOfSlot;
        Arrays.fill(byPair, 0, first, 0);
        Arrays.fill(byPair, last + 1, target.lanes, 0);
        int from = 0;
        for (int slot = 0; slot < target.usedSlots; slot++) {
            int to = starts[slot + 1];
            double sum = 0;
            for (int k = from; k < to; k++) {
                sum += byPair[pairs[k]];
            }
            bySlot[slot] = sum;
            from = to;
        }
    }
}
