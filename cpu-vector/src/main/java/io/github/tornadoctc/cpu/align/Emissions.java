package io.github.tornadoctc.cpu.align;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import io.github.tornadoctc.Wildcards;
import java.lang.foreign.MemorySegment;

/**
 * What one frame emits: by slot of {@link TargetPairs} the score of its symbol, less the largest of the frame. That is
 * the same number on every backend, being the difference of two floats in double. Rows are looked over just before, and
 * the target's scores picked from them while they are in the cache, a block of rows at a time.
 */
final class Emissions {
    /** Bytes of scores that are looked over together, and are in the second-level cache when the target's are picked. */
    private static final int BYTES_TOGETHER = 1 << 18;

    private static final int MOST_ROWS = 16;

    /** So many rows, or a multiple, are looked over in less time for each. */
    private static final int SIDE_BY_SIDE = 4;

    /** Of a block. */
    private static final int MOST_SLOTS = 1 << 14;

    final ScoreRows rows;

    /** Whether the scores of all symbols are looked up where they are, at {@link #row}, and not in {@link #slot}. */
    final boolean inRow;

    /** The scores of a block of rows, by slot. */
    final float[] slot;
    /** Where those of the frame begin. */
    int at;
    /** Where the frame's row begins among all scores, in bytes. */
    long row;
    /** What is to be subtracted from scores. */
    double reference;
    /** What the blank emits. */
    double blank;
    /** What the frame costs in a wildcard. */
    double wildcard;

    private final RowSums sums;
    private final TargetPairs target;
    private final int blankSymbol;
    private final Wildcards.Cost cost;
    private final int rowsTogether;
    private final int blockRows;

    /** Rows before this one have been looked over. */
    private int looked;

    private int blockStart;
    private int blockEnd;

    /**
     * Nothing is read yet.
     *
     * @param rowsAreRead whether rows have been looked over
     * @param inRow whether scores may be looked up in the row, if that has all symbols in the order of slots
     */
    Emissions(
            RowSums sums,
            ScoreRows rows,
            boolean rowsAreRead,
            TargetPairs target,
            int blankSymbol,
            Wildcards.Cost cost,
            boolean inRow) {
        this.sums = sums;
        this.rows = rows;
        this.looked = rowsAreRead ? rows.count() : 0;
        this.target = target;
        this.blankSymbol = blankSymbol;
        this.cost = cost;
        this.inRow = inRow && target.dense;
        int most = Math.clamp(BYTES_TOGETHER / (4L * rows.symbols), 1, MOST_ROWS);
        this.rowsTogether = most < SIDE_BY_SIDE ? most : most / SIDE_BY_SIDE * SIDE_BY_SIDE;
        this.blockRows = Math.clamp(MOST_SLOTS / target.slots, 1, MOST_ROWS);
        this.slot = new float[this.inRow ? 0 : blockRows * target.slots];
    }

    /** Goes to frame t, which is at most one after those it has been to. */
    void read(int t) {
        if (t < blockStart || t >= blockEnd) {
            readBlock(t);
        }
        at = (t - blockStart) * target.slots;
        reference = rows.reference(t);
        row = rows.offset(t);
        blank = rows.score(t, blankSymbol) - reference;
        if (target.hasWildcards) {
            wildcard = cost.relative(rows.largest[t], rows.logits ? rows.logSum[t] : -reference);
        }
    }

    private void readBlock(int start) {
        blockStart = start;
        blockEnd = Math.min(rows.count(), start + blockRows);
        for (int from = start; from < blockEnd; from += rowsTogether) {
            int to = Math.min(blockEnd, from + rowsTogether);
            if (looked < to) {
                sums.read(rows, looked, to);
                looked = to;
            }
            for (int t = from; t < to && !inRow; t++) {
                pick(t, (t - start) * target.slots);
            }
        }
    }

    private void pick(int t, int first) {
        if (target.dense) {
            MemorySegment.copy(rows.scores, JAVA_FLOAT, rows.offset(t), slot, first, target.slots);
        } else {
            for (int k = 0; k < target.slots; k++) {
                slot[first + k] = rows.score(t, target.symbolOf[k]);
            }
        }
    }
}
