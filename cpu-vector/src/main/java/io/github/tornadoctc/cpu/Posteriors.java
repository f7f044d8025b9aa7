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
    /** By slot: of each symbol. */
    double[] symbol = {};

    void prepare(Target target) {
        label = Grow.atLeast(label, target.lanes);
        symbol = Grow.atLeast(symbol, target.slots);
    }

    /**
     * Adds up by slot what the labels of pairs first to last have, in their order. Pair U has no label, and a slot that no
     * symbol has.
     */
    void gather(Target target, int first, int last, double blank) {
        if (target.labels < MANY_PAIRS_OF_A_SYMBOL * target.distinctCount) {
            scatter(target, first, last);
        } else {
            gatherBySlot(target, first, last);
        }
        symbol[target.blankSlot] = blank;
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
