package io.github.tornadoctc.reference;

import static java.lang.Double.NEGATIVE_INFINITY;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.Wildcards;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The most probable of the paths that collapse to the target: the forced alignment of one utterance. It is the forward
 * recursion, equations 5 to 8, with the sum over predecessors replaced by their maximum, and a note of which one that
 * was: Viterbi's algorithm, as L. Rabiner, <i>A Tutorial on Hidden Markov Models and Selected Applications in Speech
 * Recognition</i>, Proceedings of the IEEE 77 (2), 1989, gives it in section III B, in the same four steps.
 *
 * <p>Where several predecessors are equally good, staying is preferred to stepping and stepping to skipping, and of two
 * equally good ends the last blank. That only says which of the best paths is given: a predecessor is never preferred
 * to a better one.
 *
 * <p>Scores are relative to the largest of their frame, a factor that all paths have in common. Its logarithm, and for
 * logits that of the sum of exponentials, enter at the end, when the path is known.
 */
public final class ViterbiAlignment {
    private final int[] extended;
    private final int blank;
    private final double[][] relative;
    /** By state: what each frame costs in a wildcard; null where there is none. */
    private final double[] @Nullable [] wildcard;

    private ViterbiAlignment(CtcBatch batch, int b, AlignmentOptions options, float[] largest, double[] logSum) {
        this.blank = batch.blank();
        this.extended = ForwardBackward.extend(batch.target(b), blank);
        this.relative = LogProbabilities.relative(batch, b);
        this.wildcard = new double[extended.length][];
        for (int s = 0; s < extended.length; s += 2) {
            if (options.wildcards().standsAt(batch, b, s / 2)) {
                wildcard[s] = costs(options, largest, logSum);
            }
        }
    }

    /** Aligns utterance b of the batch. */
    public static CtcAlignment of(CtcBatch batch, int b, AlignmentOptions options) {
        double[][] logY = LogProbabilities.of(batch, b, options.scores());
        if (!LogProbabilities.areDefined(logY)) {
            return CtcAlignment.without(CtcStatus.NON_FINITE);
        }
        double[] logSum = new double[logY.length];
        float[] largest = new float[logY.length];
        for (int t = 0; t < logY.length; t++) {
            largest[t] = LogProbabilities.largest(batch, t, b);
            logSum[t] = LogSpace.sum(LogProbabilities.relative(batch, t, b));
        }
        ViterbiAlignment viterbi = new ViterbiAlignment(batch, b, options, largest, logSum);
        int[][] predecessors = new int[logY.length][viterbi.extended.length];
        double[] last = viterbi.recursion(predecessors);
        int end = end(last);
        return last[end] == NEGATIVE_INFINITY
                ? CtcAlignment.without(CtcStatus.INFEASIBLE)
                : CtcAlignment.along(batch, b, options, backtrack(predecessors, end), largest, logSum);
    }

    private static double[] costs(AlignmentOptions options, float[] largest, double[] logSum) {
        double[] costs = new double[largest.length];
        Wildcards.Cost cost = options.wildcards().cost();
        for (int t = 0; t < costs.length; t++) {
            double sum = options.scores() == Scores.LOGITS ? logSum[t] : -LogProbabilities.finiteOrZero(largest[t]);
            costs[t] = cost.relative(largest[t], sum);
        }
        return costs;
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
        for (int t = 0; t < relative.length; t++) {
            double[] next = new double[extended.length];
            for (int s = 0; s < extended.length; s++) {
                int from = best(delta, s);
                predecessors[t][s] = from;
                next[s] = delta[from] + emission(t, s);
            }
            delta = next;
        }
        return delta;
    }

    /** A wildcard is the blank, or what it costs where that is better. */
    private double emission(int t, int s) {
        double symbol = relative[t][extended[s]];
        return wildcard[s] == null ? symbol : Math.max(symbol, wildcard[s][t]);
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
}
