package io.github.tornadoctc.reference;

import static java.lang.Double.NEGATIVE_INFINITY;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import java.util.Arrays;

/**
 * The forward-backward tables of one utterance, in natural logarithms, as Graves et al. 2006 define them: both α and
 * β contain the emission of their own frame.
 *
 * <p>States are the positions of the extended target l′: blank, label 0, blank, label 1, …, blank. Time and state
 * indices count from 0, where the paper counts from 1.
 */
public final class ForwardBackward {
    private final int[] extended;
    private final int blank;
    private final Scores scores;
    private final double[][] logY;
    private final boolean defined;
    private final double[][] alpha;
    private final double[][] beta;
    private final double logLikelihood;

    /** Runs both recursions over utterance b of the batch. */
    public ForwardBackward(CtcBatch batch, int b, CtcOptions options) {
        this.blank = batch.blank();
        this.scores = options.scores();
        this.extended = extend(batch.target(b), blank);
        this.logY = LogProbabilities.of(batch, b, scores);
        this.defined = LogProbabilities.areDefined(logY);
        this.alpha = forward();
        this.beta = options.gradient() ? backward() : new double[0][];
        this.logLikelihood = logLikelihoodOfForward();
    }

    /** l′: the target with a blank before, between and after its labels; S = 2U+1 states. */
    static int[] extend(int[] target, int blank) {
        int[] extended = new int[2 * target.length + 1];
        Arrays.fill(extended, blank);
        for (int u = 0; u < target.length; u++) {
            extended[2 * u + 1] = target[u];
        }
        return extended;
    }

    /** Equations 5 to 8: α(t, s) is the probability of all that can be emitted up to frame t, ending in state s. */
    private double[][] forward() {
        double[][] table = new double[timeSteps()][states()];
        for (int t = 0; t < timeSteps(); t++) {
            for (int s = 0; s < states(); s++) {
                table[t][s] = logY[t][extended[s]] + (t == 0 ? initial(s) : reaching(table[t - 1], s));
            }
        }
        return table;
    }

    /** Paths begin with the first blank or the first label. */
    private static double initial(int s) {
        return s <= 1 ? 0 : NEGATIVE_INFINITY;
    }

    /** The bracket of equation 6: stay, step, or skip the blank between two different labels. */
    private double reaching(double[] previous, int s) {
        double sum = previous[s];
        if (s >= 1) {
            sum = LogSpace.sum(sum, previous[s - 1]);
        }
        if (s >= 2 && mayFollow(s - 2, s)) {
            sum = LogSpace.sum(sum, previous[s - 2]);
        }
        return sum;
    }

    /** Equations 9 to 11: β(t, s) is the probability of all that completes the target from frame t, state s on. */
    private double[][] backward() {
        double[][] table = new double[timeSteps()][states()];
        for (int t = timeSteps() - 1; t >= 0; t--) {
            for (int s = states() - 1; s >= 0; s--) {
                double leaving = t == timeSteps() - 1 ? terminal(s) : leaving(table[t + 1], s);
                table[t][s] = logY[t][extended[s]] + leaving;
            }
        }
        return table;
    }

    /** Paths end with the last label or the last blank. */
    private double terminal(int s) {
        return s >= states() - 2 ? 0 : NEGATIVE_INFINITY;
    }

    /** The bracket of equation 10, {@link #reaching} seen from the other end. */
    private double leaving(double[] next, int s) {
        double sum = next[s];
        if (s + 1 < states()) {
            sum = LogSpace.sum(sum, next[s + 1]);
        }
        if (s + 2 < states() && mayFollow(s, s + 2)) {
            sum = LogSpace.sum(sum, next[s + 2]);
        }
        return sum;
    }

    private boolean mayFollow(int from, int to) {
        return extended[to] != blank && extended[to] != extended[from];
    }

    /** Equation 8: what has reached the last blank or the last label at the last frame. */
    private double logLikelihoodOfForward() {
        if (timeSteps() == 0) {
            return states() == 1 ? 0 : NEGATIVE_INFINITY;
        }
        double[] last = alpha[timeSteps() - 1];
        double ending = last[states() - 1];
        return states() == 1 ? ending : LogSpace.sum(ending, last[states() - 2]);
    }

    /** Equation 14: ln p(l|x) read off frame t, Σ over s of α(t, s) β(t, s) / y(t, l′_s); the same at every frame. */
    public double logLikelihoodAt(int t) {
        double sum = NEGATIVE_INFINITY;
        for (int s = 0; s < states(); s++) {
            sum = LogSpace.sum(sum, logJoint(t, s));
        }
        return sum;
    }

    /** ln of the probability of all paths that collapse to the target and are in state s at frame t. */
    private double logJoint(int t, int s) {
        double emission = logY[t][extended[s]];
        return emission == NEGATIVE_INFINITY ? NEGATIVE_INFINITY : alpha[t][s] + beta[t][s] - emission;
    }

    /** p(state s at frame t | target, x). */
    public double statePosterior(int t, int s) {
        return Math.exp(logJoint(t, s) - logLikelihood);
    }

    /** The posterior of each of the V symbols at frame t: the sum over the states that carry it. */
    double[] symbolPosterior(int t) {
        double[] posterior = new double[logY[t].length];
        for (int s = 0; s < states(); s++) {
            posterior[extended[s]] += statePosterior(t, s);
        }
        return posterior;
    }

    /**
     * The derivative of the loss with respect to the V scores of frame t. For logits equation 16, y − posterior; for
     * log-probabilities −posterior, which is equation 15 through d/d(ln y) = y·d/dy.
     */
    public double[] gradient(int t) {
        double[] gradient = new double[logY[t].length];
        if (status() != CtcStatus.OK) {
            return gradient;
        }
        double[] posterior = symbolPosterior(t);
        for (int v = 0; v < gradient.length; v++) {
            double y = scores == Scores.LOGITS ? Math.exp(logY[t][v]) : 0;
            gradient[v] = y - posterior[v];
        }
        return gradient;
    }

    /** What became of the utterance. */
    public CtcStatus status() {
        if (!defined) {
            return CtcStatus.NON_FINITE;
        }
        return logLikelihood == NEGATIVE_INFINITY ? CtcStatus.INFEASIBLE : CtcStatus.OK;
    }

    /** The loss, −ln p(l|x): the maximum-likelihood objective, equation 12, for one utterance. */
    public double loss() {
        return -logLikelihood;
    }

    /** T_b. */
    public int timeSteps() {
        return logY.length;
    }

    /** S = 2U+1. */
    public int states() {
        return extended.length;
    }

    /** The symbol that state s emits. */
    public int symbol(int s) {
        return extended[s];
    }

    /** ln y(t, v), the log-probability of symbol v at frame t. */
    public double logProbability(int t, int v) {
        return logY[t][v];
    }

    /** ln α(t, s). */
    public double logAlpha(int t, int s) {
        return alpha[t][s];
    }

    /** ln β(t, s); only if the options asked for a gradient. */
    public double logBeta(int t, int s) {
        return beta[t][s];
    }
}
