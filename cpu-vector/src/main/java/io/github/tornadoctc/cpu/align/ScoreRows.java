package io.github.tornadoctc.cpu.align;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import java.lang.foreign.MemorySegment;

/** The scores of one utterance, and of each row its largest score and the logarithm of what softmax divides by. */
public final class ScoreRows {
    /** Of the whole batch. */
    public final MemorySegment scores;

    /** V. */
    public final int symbols;

    /** Whether sums of exponentials are wanted, or only whether a score is NaN. */
    public final boolean logits;

    /** The largest score of each row; any number if one of its scores is NaN. */
    public final float[] largest;

    /** ln Σ e^(score − largest) of each row of logits, 0 of log-probabilities; NaN if a score of the row is NaN. */
    public final double[] logSum;

    /** {@link RowSums} knows the largest scores of rows before this one, some of which it may not have summed yet. */
    public int largestKnown;

    private final long first;
    private final long stride;

    /** The rows of utterance b, yet to be looked over by {@link RowSums}. */
    public ScoreRows(CtcBatch batch, int b, Scores kind) {
        this.scores = batch.scores();
        this.symbols = batch.symbols();
        this.logits = kind == Scores.LOGITS;
        this.largest = new float[batch.inputLength(b)];
        this.logSum = new double[batch.inputLength(b)];
        this.first = batch.rowOffset(0, b) * Float.BYTES;
        this.stride = batch.frameStride() * Float.BYTES;
    }

    /** T_b. */
    public int count() {
        return largest.length;
    }

    /** Where row t begins among the scores, in bytes. */
    public long offset(int t) {
        return first + t * stride;
    }

    /** From one row to the next, in bytes. */
    public long stride() {
        return stride;
    }

    /** The score of symbol v in row t. */
    public float score(int t, int v) {
        return scores.get(JAVA_FLOAT, offset(t) + (long) v * Float.BYTES);
    }

    /** What the scores of row t are taken relative to: the largest, or 0 where all are −∞. */
    public double reference(int t) {
        return largest[t] == Float.NEGATIVE_INFINITY ? 0 : largest[t];
    }

    /** Whether there is no NaN, no +∞, and no row of nothing but masked logits. */
    public boolean areFinite() {
        for (int t = 0; t < largest.length; t++) {
            boolean masked = logits && largest[t] == Float.NEGATIVE_INFINITY;
            if (Double.isNaN(logSum[t]) || largest[t] == Float.POSITIVE_INFINITY || masked) {
                return false;
            }
        }
        return true;
    }
}
