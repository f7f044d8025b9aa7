package io.github.tornadoctc.reference;

import static java.lang.Double.NEGATIVE_INFINITY;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcStatus;
import java.util.Arrays;

/**
 * The most probable of the paths that collapse to the target: the forced alignment of one utterance. It is the forward
 * recursion, equations 5 to 8, with the sum over predecessors replaced by their maximum, and a note of which one that
 * was: Viterbi's algorithm, as L. Rabiner, <i>A Tutorial on Hidden Markov Models and Selected Applications in Speech
 * Recognition</i>, Proceedings of the IEEE 77 (2), 1989, gives it in section III B, in the same four steps.
 *
 * <p>Where several predecessors are equally good, staying is preferred to stepping and stepping to skipping, and of two
 * equally good ends the last blank. That only says which of the best paths is given: a predecessor is never preferred
 * to a better one.
 */
public final class ViterbiAlignment {
    private final int[] extended;
    private final int blank;
    private final double[][] logY;
    private final CtcStatus status;
    private final double score;
    private final int[] states;

    /** Aligns utterance b of the batch. */
    public ViterbiAlignment(CtcBatch batch, int b, CtcOptions options) {
        this.blank = batch.blank();
        this.extended = ForwardBackward.extend(batch.target(b), blank);
        this.logY = LogProbabilities.of(batch, b, options.scores());
        if (!LogProbabilities.areDefined(logY)) {
            this.status = CtcStatus.NON_FINITE;
            this.score = Double.NaN;
            this.states = new int[0];
            return;
        }
        int[][] predecessors = new int[logY.length][extended.length];
        double[] last = recursion(predecessors);
        int end = end(last);
        this.score = last[end];
        this.status = score == NEGATIVE_INFINITY ? CtcStatus.INFEASIBLE : CtcStatus.OK;
        this.states = status == CtcStatus.OK ? backtrack(predecessors, end) : new int[0];
    }

    /**
     * Recursion: δ(t, s), the best that can be emitted up to frame t, ending in state s. Before the first frame every
     * path is in state 0, where it stays to begin with the first blank, or which it leaves for the first label.
     *
     * @param predecessors [T][S], filled with the state in which each cell's best path was a frame earlier
     * @return δ of the last frame
     */
    private double[] recursion(int[][] predecessors) {
        double[] delta = new double[extended.length];
        Arrays.fill(delta, NEGATIVE_INFINITY);
        delta[0] = 0;
        for (int t = 0; t < logY.length; t++) {
            double[] next = new double[extended.length];
            for (int s = 0; s < extended.length; s++) {
                int from = best(delta, s);
                predecessors[t][s] = from;
                next[s] = delta[from] + logY[t][extended[s]];
            }
            delta = next;
        }
        return delta;
    }

    /** Stay, step, or skip the blank between two different labels; the later ones only if they are better. */
    private int best(double[] previous, int s) {
        int best = s;
        if (s >= 1 && previous[s - 1] > previous[best]) {
            best = s - 1;
        }
        if (s >= 2 && extended[s] != blank && extended[s] != extended[s - 2] && previous[s - 2] > previous[best]) {
            best = s - 2;
        }
        return best;
    }

    /** Termination: the last blank, or the last label where it is better. */
    private static int end(double[] last) {
        int end = last.length - 1;
        return end >= 1 && last[end - 1] > last[end] ? end - 1 : end;
    }

    private static int[] backtrack(int[][] predecessors, int end) {
        int[] states = new int[predecessors.length];
        int state = end;
        for (int t = states.length - 1; t >= 0; t--) {
            states[t] = state;
            state = predecessors[t][state];
        }
        return states;
    }

    /** What became of the utterance, as of its loss. */
    public CtcStatus status() {
        return status;
    }

    /** ln of the best path's probability; −∞ if no path collapses to the target, NaN if scores are not finite. */
    public double score() {
        return score;
    }

    /** The state at each of the T_b frames, s = 2u+1 for label u and an even s for a blank; none unless OK. */
    public int[] states() {
        return states.clone();
    }

    /** The symbol at each of the T_b frames; none unless OK. */
    public int[] symbols() {
        return Arrays.stream(states).map(s -> extended[s]).toArray();
    }
}
