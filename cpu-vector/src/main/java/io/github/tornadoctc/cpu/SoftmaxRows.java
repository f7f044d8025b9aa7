package io.github.tornadoctc.cpu;

import java.lang.foreign.MemorySegment;

/** The softmax of several long rows of an utterance, each to the bits of {@link SoftmaxRow}. */
final class SoftmaxRows {
    static final int ROWS = VectorFourRows.ROWS;

    /** What the scores of each row are taken relative to. */
    final float[] largest = new float[ROWS];

    /** The sum of exp(score − largest) of each row. */
    final double[] sum = new double[ROWS];

    private final SoftmaxRow[] rows = new SoftmaxRow[ROWS];
    private final float[][] floats = new float[ROWS][];
    private final float[][] maxima = new float[ROWS][];

    SoftmaxRows() {
        for (int k = 0; k < ROWS; k++) {
            rows[k] = new SoftmaxRow();
            floats[k] = rows[k].floats;
            maxima[k] = rows[k].maxima;
        }
    }

    /**
     * Writes exp(score − largest) to {@code out}, and sums.
     *
     * @param row where the first row begins, in bytes
     * @param ahead where the first of the next rows begins, or of any: {@link #largestAhead} are then their largest scores
     * @param stride from one row to the next, in bytes
     */
    void exponentials(MemorySegment scores, MemorySegment out, long row, long ahead, long stride, int symbols) {
        start();
        int whole = SoftmaxRow.whole(symbols);
        for (int v = 0; v < whole; v += SoftmaxRow.BLOCK) {
            int count = Math.min(SoftmaxRow.BLOCK, whole - v);
            long at = (long) v * Float.BYTES;
            VectorFourRows.exponentials(scores, row + at, ahead + at, stride, out, count, largest, floats, maxima);
            addLanes();
        }
        for (int k = 0; k < ROWS; k++) {
            long by = k * stride;
            sum[k] = rows[k].endExponentials(scores, out, row + by, ahead + by, symbols, largest[k]);
        }
    }

    /** Sums; parameters as there. */
    void sum(MemorySegment scores, long row, long ahead, long stride, int symbols) {
        start();
        int whole = SoftmaxRow.whole(symbols);
        for (int v = 0; v < whole; v += SoftmaxRow.BLOCK) {
            int count = Math.min(SoftmaxRow.BLOCK, whole - v);
            long at = (long) v * Float.BYTES;
            VectorFourRows.addExponentials(scores, row + at, ahead + at, stride, count, largest, floats, maxima);
            addLanes();
        }
        for (int k = 0; k < ROWS; k++) {
            long by = k * stride;
            sum[k] = rows[k].endSum(scores, row + by, ahead + by, symbols, largest[k]);
        }
    }

    /** The largest score of the k-th row ahead; any number if one of them is NaN. */
    float largestAhead(int k) {
        return rows[k].largestAhead();
    }

    private void start() {
        for (SoftmaxRow row : rows) {
            row.start();
        }
    }

    private void addLanes() {
        for (SoftmaxRow row : rows) {
            row.addLanes();
        }
    }
}
