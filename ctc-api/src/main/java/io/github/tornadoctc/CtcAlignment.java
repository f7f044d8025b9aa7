package io.github.tornadoctc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The most probable path of one utterance: the state it is in at each frame, and the log-probability of the symbol
 * there. State 2u+1 is label u, state 2u the blank or the {@linkplain Wildcards wildcard} before it, state 2U the one
 * after the last label.
 */
public final class CtcAlignment {
    /** What stands for a symbol in the frames of a wildcard that are no blank. */
    public static final int WILDCARD = -1;

    private final CtcStatus status;
    private final double score;
    private final int[] states;
    private final int[] symbols;
    private final double[] logProbabilities;

    private CtcAlignment(CtcStatus status, double score, int[] states, int[] symbols, double[] logProbabilities) {
        this.status = status;
        this.score = score;
        this.states = states;
        this.symbols = symbols;
        this.logProbabilities = logProbabilities;
    }

    /** For backends: an utterance that has no path. */
    public static CtcAlignment without(CtcStatus status) {
        double score = status == CtcStatus.NON_FINITE ? Double.NaN : Double.NEGATIVE_INFINITY;
        return new CtcAlignment(status, score, new int[0], new int[0], new double[0]);
    }

    /**
     * For backends: what is known of a path once its states are.
     *
     * @param states the states of utterance b, one for each of its frames
     * @param largest the largest score of each frame
     * @param logSum ln Σ e^(score − largest) of each frame; of log-probabilities it is not read
     */
    public static CtcAlignment along(
            CtcBatch batch, int b, AlignmentOptions options, int[] states, float[] largest, double[] logSum) {
        int[] symbols = new int[states.length];
        double[] logProbabilities = new double[states.length];
        boolean logits = options.scores() == Scores.LOGITS;
        Wildcards wildcards = options.wildcards();
        boolean wild = !wildcards.isEmpty();
        int[] target = batch.target(b);
        double score = 0;
        for (int t = 0; t < states.length; t++) {
            int s = states[t];
            boolean label = (s & 1) == 1;
            symbols[t] = label ? target[s >> 1] : batch.blank();
            double own = batch.score(t, b, symbols[t]);
            double top = largest[t] == Float.NEGATIVE_INFINITY ? 0 : largest[t];
            // of log-probabilities the score itself, without the rounding of two subtractions
            logProbabilities[t] = logits ? own - top - logSum[t] : own;
            if (wild && !label && wildcards.standsAt(batch, b, s >> 1)) {
                double sum = logits ? logSum[t] : -top;
                double relative = wildcards.cost().relative(largest[t], sum);
                if (relative > own - top) {
                    symbols[t] = WILDCARD;
                    logProbabilities[t] = relative - sum;
                }
            }
            score += logProbabilities[t];
        }
        return new CtcAlignment(CtcStatus.OK, score, states, symbols, logProbabilities);
    }

    /** What became of the utterance, as of its loss; there is a path only if it is {@link CtcStatus#OK}. */
    public CtcStatus status() {
        return status;
    }

    /** ln of the path's probability; −∞ if no path collapses to the target, NaN if scores are not finite. */
    public double score() {
        return score;
    }

    /** T_b, or 0 without a path. */
    public int frames() {
        return states.length;
    }

    /** The state at frame t. */
    public int state(int t) {
        return states[t];
    }

    /** All states, in a new array. */
    public int[] states() {
        return states.clone();
    }

    /** The symbol at each frame, blanks included, {@link #WILDCARD} for what a wildcard stands for; a new array. */
    public int[] path() {
        return symbols.clone();
    }

    /** The symbol at frame t, as in {@link #path}. */
    public int symbol(int t) {
        return symbols[t];
    }

    /** The log-probability of the symbol at frame t, or the wildcard's cost there, in nats. */
    public double logProbability(int t) {
        return logProbabilities[t];
    }

    /** The frames of each of the U labels, in their order; none without a path. */
    public List<AlignedSpan> spans() {
        List<AlignedSpan> spans = new ArrayList<>();
        for (int t = 0; t < states.length; ) {
            int start = t;
            double sum = 0;
            while (t < states.length && states[t] == states[start]) {
                sum += logProbabilities[t++];
            }
            if (states[start] % 2 == 1) {
                spans.add(new AlignedSpan(states[start] / 2, symbols[start], start, t, sum / (t - start)));
            }
        }
        return spans;
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(status, score, Arrays.toString(states));
    }
}
