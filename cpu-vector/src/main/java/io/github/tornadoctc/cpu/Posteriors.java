package io.github.tornadoctc.cpu;

import java.util.Arrays;

/** The posteriors of one frame, up to a factor common to the frame. */
final class Posteriors {
    /** Frames of which posteriors are added up by symbol together: what one sum has to wait for, another has not. */
    private static final int ROWS = 4;

    /** {@code [frames][lanes]}: of the label of each pair, from {@link #row} on. */
    double[] label = {};
    /** The same of its blank; only if {@link #byState}. */
    double[] blank = {};
    /** Whether those of blanks are wanted by pair, and not only their sum. */
    boolean byState;
    /** {@code [frames][slots]}: of each symbol. */
    private double[] symbol = {};

    private final int[] frame = new int[ROWS];
    private final double[] blankSum = new double[ROWS];
    private final double[] sum = new double[ROWS];
    private int count;
    private int lanes;

    void prepare(Utterance u) {
        Target target = u.target;
        byState = u.occupation.isWanted();
        count = 0;
        lanes = target.lanes;
        blank = byState ? Grow.atLeast(blank, ROWS * (long) lanes) : blank;
        label = Grow.atLeast(label, ROWS * (long) lanes);
        symbol = Grow.atLeast(symbol, ROWS * (long) target.slots);
    }

    /** Where the next frame's posteriors go. */
    int row() {
        return count * lanes;
    }

    /**
     * Adds a frame, whose posteriors of pairs first to last are in their row, to those that are to be written.
     *
     * @param ofBlanks the sum over the blanks
     * @param ofAll the sum over all states
     */
    void add(Utterance u, RowKernels rows, int t, int first, int last, double ofBlanks, double ofAll) {
        if (byState) {
            u.occupation.write(u.target, this, t, first, last, 1 / ofAll);
            return;
        }
        int row = row();
        Arrays.fill(label, row, row + first, 0);
        Arrays.fill(label, row + last + 1, row + lanes, 0);
        frame[count] = t;
        blankSum[count] = ofBlanks;
        sum[count] = ofAll;
        count++;
        if (count == ROWS) {
            flush(u, rows);
        }
    }

    /** Writes the rows of the gradient of the frames that have been added. */
    void flush(Utterance u, RowKernels rows) {
        if (count == 0) {
            return;
        }
        gather(u.target);
        int slots = u.target.slots;
        for (int k = 0; k < count; k++) {
            symbol[k * slots + u.target.blankSlot] = blankSum[k];
            rows.gradientRow(u.frames, u.target, frame[k], symbol, k * slots, 1 / sum[k]);
        }
        count = 0;
    }

    /** Adds up by slot what labels have, in their order. Pair U has no label, and a slot that no symbol has. */
    private void gather(Target target) {
        double[] byPair = label;
        double[] bySlot = symbol;
        int[] pairs = target.pairsBySlot;
        int[] starts = target.pairsOfSlot;
        int slots = target.slots;
        int from = 0;
        for (int slot = 0; slot < target.usedSlots; slot++) {
            int to = starts[slot + 1];
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            for (int k = from; k < to; k++) {
                int pair = pairs[k];
                sum0 += byPair[pair];
                sum1 += byPair[pair + lanes];
                sum2 += byPair[pair + 2 * lanes];
                sum3 += byPair[pair + 3 * lanes];
            }
            bySlot[slot] = sum0;
            bySlot[slot + slots] = sum1;
            bySlot[slot + 2 * slots] = sum2;
            bySlot[slot + 3 * slots] = sum3;
            from = to;
        }
    }
}
