package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import java.util.Arrays;

/**
 * The target of one utterance as pairs of states: pair i is blank i and label i, for i in [0, U]; the label of pair U
 * does not exist and never gets any probability. Lanes of a vector are neighbouring pairs.
 *
 * <p>An emission table does not hold V symbols a frame but {@code slots}: all symbols when V is small, else the
 * blank and the distinct labels of the target; then one or more slots that are always 0, which is what a lane that is
 * no label emits.
 */
final class Target {
    /** Lanes to spare on either side of every array over pairs, so that neighbours of the outermost can be read. */
    static final int PAD = 8;

    /** Arrays over pairs and slots are padded to this, the most doubles a vector of 512 bits holds. */
    static final int ALIGNMENT = 8;

    /**
     * Up to this many symbols all of them have a slot: one pass then gives emissions and softmax alike. Beyond it
     * the softmax is computed in float, sixteen symbols at a time, and only the target's symbols in double.
     */
    static final int MAX_DENSE_SYMBOLS = 64;

    /** U. */
    int labels;
    /** U + 1 pairs, rounded up. */
    int lanes;
    /** Whether slot v is symbol v. */
    boolean dense;
    /** Slots in use: those before the ones that are always 0. */
    int usedSlots;
    /** Length of a row of the emission table. */
    int slots;

    int blankSlot;
    /** The distinct symbols of the target, the blank first. */
    int[] distinct = {};

    int distinctCount;
    /** The slot of label i at PAD + i. */
    int[] labelSlot = {};
    /** Whether the emissions of a frame are few enough to be looked up in registers. */
    boolean looksUp;
    /** If so: the slot of label i at PAD + i, and the blank's, which no label has, where there is no label. */
    long[] labelIndex = {};
    /** At PAD + i: 1 if label i may follow label i − 1 directly, else 0. */
    double[] skipIn = {};
    /** At PAD + i: 1 if label i + 1 may follow label i directly, else 0. */
    double[] skipOut = {};
    /** The pairs with a label, by its slot; pairs of one slot from the first to the last. */
    int[] pairsBySlot = {};
    /** Where the pairs of each slot begin in that, and U after the last. */
    int[] pairsOfSlot = {};
    /** By symbol: its slot, or −1; kept at −1 between utterances. */
    private int[] slotOf = {};

    /** Reads the target of utterance b. */
    void read(CtcBatch batch, int b) {
        labels = batch.targetLength(b);
        lanes = Grow.roundUp(labels + 1, ALIGNMENT);
        dense = batch.symbols() <= MAX_DENSE_SYMBOLS;
        int padded = PAD + lanes + PAD;
        distinct = Grow.atLeast(distinct, labels + 1L);
        labelSlot = Grow.atLeast(labelSlot, padded);
        skipIn = Grow.atLeast(skipIn, padded);
        skipOut = Grow.atLeast(skipOut, padded);
        if (slotOf.length < batch.symbols()) {
            slotOf = new int[batch.symbols()];
            Arrays.fill(slotOf, -1);
        }
        distinctCount = 0;
        blankSlot = slotOf(batch.blank());
        for (int i = 0; i < labels; i++) {
            labelSlot[PAD + i] = slotOf(batch.label(b, i));
        }
        usedSlots = dense ? batch.symbols() : distinctCount;
        slots = Grow.roundUp(usedSlots + 1, ALIGNMENT);
        looksUp = Lanes.LOOK_UP >= usedSlots;
        Arrays.fill(labelSlot, 0, PAD, usedSlots);
        Arrays.fill(labelSlot, PAD + labels, padded, usedSlots);
        for (int k = 0; k < distinctCount; k++) {
            slotOf[distinct[k]] = -1;
        }
        markSkips(padded);
        sortPairs();
        if (looksUp) {
            index(padded);
        }
    }

    private void index(int padded) {
        labelIndex = Grow.atLeast(labelIndex, padded);
        for (int p = 0; p < padded; p++) {
            labelIndex[p] = labelSlot[p] == usedSlots ? blankSlot : labelSlot[p];
        }
    }

    /** By counting. */
    private void sortPairs() {
        pairsBySlot = Grow.atLeast(pairsBySlot, labels);
        pairsOfSlot = Grow.atLeast(pairsOfSlot, usedSlots + 1L);
        Arrays.fill(pairsOfSlot, 0, usedSlots + 1, 0);
        for (int i = 0; i < labels; i++) {
            pairsOfSlot[labelSlot[PAD + i]]++;
        }
        for (int slot = 1; slot <= usedSlots; slot++) {
            pairsOfSlot[slot] += pairsOfSlot[slot - 1];
        }
        // from the end of each slot's pairs to their beginning, which is then what is left in the array
        for (int i = labels - 1; i >= 0; i--) {
            pairsBySlot[--pairsOfSlot[labelSlot[PAD + i]]] = i;
        }
    }

    private int slotOf(int symbol) {
        if (slotOf[symbol] < 0) {
            slotOf[symbol] = dense ? symbol : distinctCount;
            distinct[distinctCount++] = symbol;
        }
        return slotOf[symbol];
    }

    private void markSkips(int padded) {
        Arrays.fill(skipIn, 0, padded, 0);
        Arrays.fill(skipOut, 0, padded, 0);
        for (int i = PAD + 1; i < PAD + labels; i++) {
            boolean differs = labelSlot[i] != labelSlot[i - 1];
            skipIn[i] = differs ? 1 : 0;
            skipOut[i - 1] = skipIn[i];
        }
    }

    /** The slot of the k-th distinct symbol. */
    int distinctSlot(int k) {
        return dense ? distinct[k] : k;
    }

    /** Of a sparse target: the slot that each of its symbols has in {@code all}, a target with these and others. */
    int[] slotsIn(Target all) {
        int[] there = new int[usedSlots];
        for (int slot = 0; slot < all.usedSlots; slot++) {
            slotOf[all.distinct[slot]] = slot;
        }
        for (int slot = 0; slot < usedSlots; slot++) {
            there[slot] = slotOf[distinct[slot]];
        }
        for (int slot = 0; slot < all.usedSlots; slot++) {
            slotOf[all.distinct[slot]] = -1;
        }
        return there;
    }

    /** The first pair that can still reach the end from frame t of {@code frames}. */
    int firstPair(int t, int frames) {
        return Math.max(0, labels - (frames - t));
    }

    /** The last pair that can have been reached at frame t. */
    int lastPair(int t) {
        return Math.min(labels, t);
    }
}
