package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import java.util.Arrays;

/**
 * The forward-backward tables of one utterance, in natural logarithms, as Graves et al. 2006 define them: both α and
 * β contain the emission of their own frame. Logarithms are {@link LogNumber}s: posteriors of a frame sum to 1 within
 * 1e-9 as long as what frames take away from a path, by a penalty of 1e17 for example, adds up to less than 1e20 nats.
 *
 * <p>States are the positions of the extended target l′: blank, label 0, blank, label 1, …, blank. Time and state
 * indices count from 0, where the paper counts from 1.
 */
public final class ForwardBackward {
    private final int[] extended;
    private final int blank;
    private final Scores scores;
    private final LogTable logY;
    private final boolean defined;
    private final LogTable alpha;
    private final LogTable beta;
    private final LogNumber logLikelihood;

    /** Runs both recursions over utterance b of the batch. */
    public ForwardBackward(CtcBatch batch, int b, CtcOptions options) {
        this(
                batch.target(b),
                batch.blank(),
                options.scores(),
                LogProbabilities.exact(batch, b, options.scores()),
                options.gradient());
    }

    private ForwardBackward(int[] target, int blank, Scores scores, LogTable logY, boolean gradient) {
        this.blank = blank;
        this.scores = scores;
        this.extended = extend(target, blank);
        this.logY = logY;
        this.defined = LogProbabilities.areDefined(logY.values());
        this.alpha = forward();
        this.beta = gradient ? backward() : new LogTable(0, 0);
        this.logLikelihood = logLikelihoodOfForward();
    }

    /** The forward recursion of another target over the same rows. */
    ForwardBackward forwardOf(int[] target) {
        return new ForwardBackward(target, blank, scores, logY, false);
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
    private LogTable forward() {
        LogTable table = new LogTable(timeSteps(), states());
        for (int t = 0; t < timeSteps(); t++) {
            for (int s = 0; s < states(); s++) {
                LogNumber reaching = t == 0 ? initial(s) : reaching(table, t - 1, s);
                table.set(t, s, reaching.times(logY.at(t, extended[s])));
            }
        }
        return table;
    }

    /** Paths begin with the first blank or the first label. */
    private static LogNumber initial(int s) {
        return s <= 1 ? LogNumber.CERTAIN : LogNumber.NOTHING;
    }

    /** The bracket of equation 6: stay, step, or skip the blank between two different labels. */
    private LogNumber reaching(LogTable table, int t, int s) {
        LogNumber sum = table.at(t, s);
        if (s >= 1) {
            sum = sum.plus(table.at(t, s - 1));
        }
        if (s >= 2 && mayFollow(s - 2, s)) {
            sum = sum.plus(table.at(t, s - 2));
        }
        return sum;
    }

    /** Equations 9 to 11: β(t, s) is the probability of all that completes the target from frame t, state s on. */
    private LogTable backward() {
        LogTable table = new LogTable(timeSteps(), states());
        for (int t = timeSteps() - 1; t >= 0; t--) {
            for (int s = states() - 1; s >= 0; s--) {
                LogNumber leaving = t == timeSteps() - 1 ? terminal(s) : leaving(table, t + 1, s);
                table.set(t, s, leaving.times(logY.at(t, extended[s])));
            }
        }
        return table;
    }

    /** Paths end with the last label or the last blank. */
    private LogNumber terminal(int s) {
        return s >= states() - 2 ? LogNumber.CERTAIN : LogNumber.NOTHING;
    }

    /** The bracket of equation 10, {@link #reaching} seen from the other end. */
    private LogNumber leaving(LogTable table, int t, int s) {
        LogNumber sum = table.at(t, s);
        if (s + 1 < states()) {
            sum = sum.plus(table.at(t, s + 1));
        }
        if (s + 2 < states() && mayFollow(s, s + 2)) {
            sum = sum.plus(table.at(t, s + 2));
        }
        return sum;
    }

    private boolean mayFollow(int from, int to) {
        return extended[to] != blank && extended[to] != extended[from];
    }

    /** Equation 8: what has reached the last blank or the last label at the last frame. */
    private LogNumber logLikelihoodOfForward() {
        if (timeSteps() == 0) {
            return states() == 1 ? LogNumber.CERTAIN : LogNumber.NOTHING;
        }
        int last = timeSteps() - 1;
        LogNumber ending = alpha.at(last, states() - 1);
        return states() == 1 ? ending : ending.plus(alpha.at(last, states() - 2));
    }

    /** Equation 14: ln p(l|x) read off frame t, Σ over s of α(t, s) β(t, s) / y(t, l′_s); the same at every frame. */
    public double logLikelihoodAt(int t) {
        LogNumber sum = LogNumber.NOTHING;
        for (int s = 0; s < states(); s++) {
            sum = sum.plus(logJoint(t, s));
        }
        return sum.value();
    }

    /** ln of the probability of all paths that collapse to the target and are in state s at frame t. */
    private LogNumber logJoint(int t, int s) {
        LogNumber emission = logY.at(t, extended[s]);
        return emission.equals(LogNumber.NOTHING)
                ? LogNumber.NOTHING
                : alpha.at(t, s).times(beta.at(t, s)).dividedBy(emission);
    }

    /** p(state s at frame t | target, x). */
    public double statePosterior(int t, int s) {
        return Math.exp(logJoint(t, s).dividedBy(logLikelihood).value());
    }

    /** The posterior of each of the V symbols at frame t: the sum over the states that carry it. */
    double[] symbolPosterior(int t) {
        double[] posterior = new double[logY.values()[t].length];
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
        double[] gradient = new double[logY.values()[t].length];
        if (status() != CtcStatus.OK) {
            return gradient;
        }
        double[] posterior = symbolPosterior(t);
        for (int v = 0; v < gradient.length; v++) {
            double y = scores == Scores.LOGITS ? Math.exp(logY.valueAt(t, v)) : 0;
            gradient[v] = y - posterior[v];
        }
        return gradient;
    }

    /** What became of the utterance. */
    public CtcStatus status() {
        if (!defined) {
            return CtcStatus.NON_FINITE;
        }
        return logLikelihood.value() == Double.NEGATIVE_INFINITY ? CtcStatus.INFEASIBLE : CtcStatus.OK;
    }

    /** The loss, −ln p(l|x): the maximum-likelihood objective, equation 12, for one utterance. */
    public double loss() {
        return -logLikelihood.value();
    }

    /** T_b. */
    public int timeSteps() {
        return logY.rows();
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
        return logY.valueAt(t, v);
    }

    /** ln α(t, s). */
    public double logAlpha(int t, int s) {
        return alpha.valueAt(t, s);
    }

    /** ln β(t, s); only if the options asked for a gradient. */
    public double logBeta(int t, int s) {
        return beta.valueAt(t, s);
    }
}
