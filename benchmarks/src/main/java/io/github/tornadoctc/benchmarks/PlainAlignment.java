package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBatch;
import java.util.Arrays;

/**
 * What torchaudio's {@code forced_align} does on a CPU (torchaudio 2.8, {@code cpu/compute.cpp}), line by line in plain
 * loops: a log-softmax of every row, float sums, a byte of back-pointer for each state. The floor for an alignment that
 * nobody has thought about further; it has neither ragged batches nor a check of its input.
 */
final class PlainAlignment {
    private PlainAlignment() {}

    /** The state at each frame of utterance b. */
    static int[] states(CtcBatch batch, int b) {
        int frames = batch.inputLength(b);
        int states = 2 * batch.targetLength(b) + 1;
        int[] target = batch.target(b);
        byte[] back = new byte[Math.multiplyExact(frames, states)];
        float[] alpha = new float[states];
        float[] next = new float[states];
        float[] row = new float[batch.symbols()];
        Arrays.fill(alpha, Float.NEGATIVE_INFINITY);
        alpha[0] = 0;
        for (int t = 0; t < frames; t++) {
            logSoftmax(batch, t, b, row);
            for (int s = 0; s < states; s++) {
                boolean label = s % 2 == 1;
                float best = alpha[s];
                int from = 0;
                if (s >= 1 && alpha[s - 1] > best) {
                    best = alpha[s - 1];
                    from = 1;
                }
                if (label && s >= 2 && target[s / 2] != target[s / 2 - 1] && alpha[s - 2] > best) {
                    best = alpha[s - 2];
                    from = 2;
                }
                back[t * states + s] = (byte) from;
                next[s] = best + row[label ? target[s / 2] : batch.blank()];
            }
            float[] swapped = alpha;
            alpha = next;
            next = swapped;
        }
        int[] path = new int[frames];
        int state = states > 1 && alpha[states - 2] > alpha[states - 1] ? states - 2 : states - 1;
        for (int t = frames - 1; t >= 0; t--) {
            path[t] = state;
            state -= back[t * states + state];
        }
        return path;
    }

    private static void logSoftmax(CtcBatch batch, int t, int b, float[] row) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int v = 0; v < row.length; v++) {
            row[v] = batch.score(t, b, v);
            largest = Math.max(largest, row[v]);
        }
        double sum = 0;
        for (float score : row) {
            sum += Math.exp(score - largest);
        }
        float logSum = (float) (largest + Math.log(sum));
        for (int v = 0; v < row.length; v++) {
            row[v] -= logSum;
        }
    }
}
