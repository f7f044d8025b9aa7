package io.github.tornadoctc.cpu.align;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Wildcards;
import java.util.Arrays;

/**
 * The target of one utterance as pairs of states: pair i is blank i and label i, for i in [0, U]; the label of pair U
 * does not exist. Lanes of a vector are neighbouring pairs; arrays over pairs are indexed at {@value #PAD} + i.
 *
 * <p>What a frame emits is looked up in a row of {@code slots}: all symbols, or of a vocabulary that is large beside the
 * target the blank and the distinct labels. Lanes without a label have the slot of the blank: no path leaves them.
 */
final class TargetPairs {
    /** Lanes to spare on either side of every array over pairs, and what their number is rounded up to. */
    static final int PAD = 8;

    /** Up to so many symbols, or so many for each pair, copying a row costs less than picking the target's from it. */
    private static final int DENSE = 64;

    private static final int DENSE_PER_PAIR = 4;

    /** U. */
    final int labels;

    /** U + 1 pairs, rounded up. */
    final int lanes;

    /** The symbol of each slot, or none if every symbol has the slot of its number. */
    final int[] symbolOf;

    final boolean dense;
    final int slots;
    final int blankSlot;
    /** The slot of label i. */
    final int[] labelSlot;
    /** The same in floats, with which the Vector API looks up floats; only of use up to 2^24 slots. */
    final float[] labelIndex;

    /** 0 where label i may follow label i − 1 without a blank between, else −∞. */
    final double[] skip;

    final boolean hasWildcards;
    /** 0 where blank i is a wildcard, else −∞. */
    final double[] wildcard;

    TargetPairs(CtcBatch batch, int b, Wildcards wildcards) {
        labels = batch.targetLength(b);
        lanes = (labels + PAD) & -PAD;
        int padded = PAD + lanes + PAD;
        int[] target = batch.target(b);
        dense = batch.symbols() <= Math.max(DENSE, DENSE_PER_PAIR * (labels + 1L));
        symbolOf = dense ? new int[0] : distinct(target, batch.blank());
        slots = dense ? batch.symbols() : symbolOf.length;
        blankSlot = slot(batch.blank());
        labelSlot = new int[padded];
        skip = new double[padded];
        wildcard = new double[padded];
        Arrays.fill(labelSlot, blankSlot);
        Arrays.fill(skip, Double.NEGATIVE_INFINITY);
        Arrays.fill(wildcard, Double.NEGATIVE_INFINITY);
        hasWildcards = !wildcards.isEmpty();
        for (int i = 0; i <= labels; i++) {
            if (i < labels) {
                labelSlot[PAD + i] = slot(target[i]);
                skip[PAD + i] = i > 0 && target[i] != target[i - 1] ? 0 : Double.NEGATIVE_INFINITY;
            }
            if (hasWildcards && wildcards.standsAt(batch, b, i)) {
                wildcard[PAD + i] = 0;
            }
        }
        labelIndex = new float[padded + PAD];
        for (int i = 0; i < padded; i++) {
            labelIndex[i] = labelSlot[i];
        }
    }

    /** The symbols that the target needs, in their order. */
    static int[] distinct(int[] target, int blank) {
        int[] all = Arrays.copyOf(target, target.length + 1);
        all[target.length] = blank;
        Arrays.sort(all);
        int count = 0;
        for (int symbol : all) {
            if (count == 0 || symbol != all[count - 1]) {
                all[count++] = symbol;
            }
        }
        return Arrays.copyOf(all, count);
    }

    private int slot(int symbol) {
        return dense ? symbol : Arrays.binarySearch(symbolOf, symbol);
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
