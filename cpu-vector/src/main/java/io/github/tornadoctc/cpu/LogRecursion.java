package io.github.tornadoctc.cpu;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.util.Arrays;

/**
 * Forward-backward in natural logarithms, state by state in double: for the utterances whose probabilities lie too far
 * apart for {@link LinearRecursion}. It is as exact as the textbook's and takes any score. α is kept for √T frames at a
 * time and recomputed from checkpoints.
 */
final class LogRecursion {
    /** exp(−40) is below half the last bit of 1: the smaller of two summands so far apart does not count. */
    private static final double NEGLIGIBLE = -40;

    private final RowKernels rows;
    private Target target = new Target();
    private Frames frames = new Frames();
    private double[][] checkpoints = {};
    private double[][] table = {};
    private double[] alpha = {};
    private double[] beta = {};
    /** ln y of the current frame by slot, up to a term common to the frame. */
    private double[] logY = {};

    private double[] posterior = {};
    private int states;
    private int segmentFrames;

    LogRecursion(RowKernels rows) {
        this.rows = rows;
    }

    /** ln Z, relative to the rows' largest scores for logits; −∞ if no path has any probability. */
    double forward(Utterance u) {
        target = u.target;
        frames = u.frames;
        states = 2 * target.labels + 1;
        segmentFrames = (int) Math.ceil(Math.sqrt(frames.count));
        alpha = Grow.atLeast(alpha, states);
        logY = Grow.atLeast(logY, target.slots);
        Arrays.fill(alpha, 0, states, NEGATIVE_INFINITY);
        alpha[0] = 0;
        if (frames.wantsGradient) {
            checkpoints = rows(checkpoints, segmentFrames);
            table = rows(table, segmentFrames);
        }
        for (int t = 0; t < frames.count; t++) {
            if (frames.wantsGradient && t % segmentFrames == 0) {
                System.arraycopy(alpha, 0, checkpoints[t / segmentFrames], 0, states);
            }
            advance(t);
        }
        return states == 1 ? alpha[0] : sum(alpha[states - 1], alpha[states - 2]);
    }

    private double[][] rows(double[][] array, int count) {
        double[][] grown = array.length >= count ? array : Arrays.copyOf(array, count);
        for (int i = 0; i < count; i++) {
            grown[i] = grown[i] == null ? new double[states] : Grow.atLeast(grown[i], states);
        }
        return grown;
    }

    private void advance(int t) {
        readRow(t);
        for (int s = lastState(t); s >= firstState(t); s--) {
            double reaching = alpha[s];
            if (s >= 1) {
                reaching = sum(reaching, alpha[s - 1]);
            }
            if (maySkipTo(s)) {
                reaching = sum(reaching, alpha[s - 2]);
            }
            alpha[s] = logY[slot(s)] + reaching;
        }
    }

    /** Computes β and writes the gradient, for a ln Z that is not −∞. */
    void backward(Utterance u, double logZ) {
        target = u.target;
        frames = u.frames;
        beta = Grow.atLeast(beta, states);
        posterior = Grow.atLeast(posterior, target.slots);
        Arrays.fill(beta, 0, states, NEGATIVE_INFINITY);
        beta[states - 1] = 0;
        for (int segment = (frames.count - 1) / segmentFrames; segment >= 0; segment--) {
            int from = segment * segmentFrames;
            int to = Math.min(frames.count, from + segmentFrames);
            System.arraycopy(checkpoints[segment], 0, alpha, 0, states);
            for (int t = from; t < to; t++) {
                advance(t);
                System.arraycopy(alpha, 0, table[t - from], 0, states);
            }
            for (int t = to - 1; t >= from; t--) {
                retreat(t, table[t - from], logZ);
            }
        }
    }

    private void retreat(int t, double[] alphaAt, double logZ) {
        readRow(t);
        Arrays.fill(posterior, 0, target.slots, 0);
        double total = 0;
        int last = lastState(t);
        for (int s = firstState(t); s <= last; s++) {
            double leaving = beta[s];
            if (s + 1 < states) {
                leaving = sum(leaving, beta[s + 1]);
            }
            if (maySkipTo(s + 2)) {
                leaving = sum(leaving, beta[s + 2]);
            }
            double occupied = Math.exp(alphaAt[s] + leaving - logZ);
            posterior[slot(s)] += occupied;
            total += occupied;
            beta[s] = logY[slot(s)] + leaving;
        }
        rows.gradientRow(frames, target, t, posterior, 1 / total);
    }

    private void readRow(int t) {
        long row = frames.rowBytes(t);
        double reference = frames.logits ? frames.largest[t] : 0;
        for (int k = 0; k < target.distinctCount; k++) {
            float score = frames.scores.get(JAVA_FLOAT, row + (long) target.distinct[k] * Float.BYTES);
            logY[target.distinctSlot(k)] = score - reference;
        }
    }

    /** The first state that can still reach the end from frame t: each frame advances by two states at most. */
    private int firstState(int t) {
        return (int) Math.max(0L, states - 2L * (frames.count - t));
    }

    private int lastState(int t) {
        return (int) Math.min(states - 1L, 2L * t + 1);
    }

    private int slot(int s) {
        return s % 2 == 0 ? target.blankSlot : target.labelSlot[Target.PAD + s / 2];
    }

    /** From two states before; never to the first label, nor to what would come after the last. */
    private boolean maySkipTo(int s) {
        return s % 2 == 1 && target.skipIn[Target.PAD + s / 2] != 0;
    }

    /** ln(eᵃ + eᵇ). */
    private static double sum(double a, double b) {
        double larger = Math.max(a, b);
        double difference = Math.min(a, b) - larger;
        // the difference of two −∞ is NaN, which is not greater, and their sum is −∞
        return difference > NEGLIGIBLE ? larger + Math.log1p(Math.exp(difference)) : larger;
    }
}
