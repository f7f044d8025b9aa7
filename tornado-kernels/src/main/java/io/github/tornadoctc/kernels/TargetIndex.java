package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The targets of a batch as the kernels read them: labels, and for each utterance its positions ordered by label, so
 * that one work-item can add up all states of a symbol in a fixed order.
 */
final class TargetIndex {
    /** {@code [B][Umax]}: the labels. */
    final IntArray labels;
    /** {@code [B][Umax]}: positions of the target, ordered by label, equal labels by position. */
    final IntArray occurrences;
    /** {@code [B][Umax + 1]}: where each distinct label begins in {@link #occurrences}, and the end. */
    final IntArray symbolStarts;
    /** {@code [B]}: the number of distinct labels. */
    final IntArray symbolCounts;

    private int[] target = {};
    private long[] byLabel = {};

    /** Room for {@code utterances} targets of {@code labels} labels in all, each padded to the longest. */
    TargetIndex(int utterances, int labels) {
        this.labels = new IntArray(Math.max(labels, 1));
        this.occurrences = new IntArray(Math.max(labels, 1));
        this.symbolStarts = new IntArray(labels + utterances);
        this.symbolCounts = new IntArray(utterances);
    }

    /** The arrays that {@link GradientKernel} alone reads. */
    Object[] forGradient() {
        return new Object[] {occurrences, symbolStarts, symbolCounts};
    }

    /** Fills the arrays from a batch; those of {@link #forGradient} only if they are wanted. */
    void fill(CtcBatch batch, boolean gradient) {
        int width = batch.maxTargetLength();
        if (target.length < width) {
            target = new int[width];
            byLabel = new long[width];
        }
        for (int b = 0; b < batch.batchSize(); b++) {
            batch.copyTarget(b, target, 0);
            int length = batch.targetLength(b);
            for (int u = 0; u < length; u++) {
                labels.set(b * width + u, target[u]);
            }
            if (gradient) {
                index(b, length, width);
            }
        }
    }

    private void index(int b, int length, int width) {
        for (int u = 0; u < length; u++) {
            byLabel[u] = (long) target[u] << Integer.SIZE | u;
        }
        Arrays.sort(byLabel, 0, length);
        int distinct = 0;
        for (int k = 0; k < length; k++) {
            if (k == 0 || byLabel[k] >> Integer.SIZE != byLabel[k - 1] >> Integer.SIZE) {
                symbolStarts.set(b * (width + 1) + distinct++, k);
            }
            occurrences.set(b * width + k, (int) byLabel[k]);
        }
        symbolStarts.set(b * (width + 1) + distinct, length);
        symbolCounts.set(b, distinct);
    }
}
