package io.github.tornadoctc.compare;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.reference.ForwardBackward;

/** What is true of one utterance: the double reference's tables, and what the contract makes of them. */
final class UtteranceTruth {
    private final CtcBatch batch;
    private final int b;
    private final CtcOptions options;
    private final ForwardBackward tables;
    private final CtcStatus status;
    private final double loss;
    private final double weight;

    UtteranceTruth(CtcBatch batch, int b, CtcOptions options) {
        this.batch = batch;
        this.b = b;
        this.options = options;
        this.tables = new ForwardBackward(batch, b, options);
        // the contract's rules for what becomes of a raw loss
        CtcResult result = CtcResult.allocate(batch, options.withGradient(false));
        result.set(b, tables.status(), tables.loss(), options);
        this.status = result.status(b);
        this.loss = result.loss(b);
        this.weight = options.reduction().weight(batch, b);
    }

    CtcBatch batch() {
        return batch;
    }

    int utterance() {
        return b;
    }

    CtcStatus status() {
        return status;
    }

    double loss() {
        return loss;
    }

    /** Whether the options ask for a gradient. */
    boolean hasGradient() {
        return options.gradient();
    }

    /** Whether frame t's gradient is exactly 0 by contract. */
    boolean isZeroAt(int t) {
        return status != CtcStatus.OK || t >= batch.inputLength(b);
    }

    /** The gradient of frame t, unless {@link #isZeroAt}; of the reduced loss if the options reduce it. */
    double[] gradient(int t) {
        double[] gradient = tables.gradient(t);
        for (int v = 0; v < gradient.length; v++) {
            gradient[v] *= weight;
        }
        return gradient;
    }

    /** What the gradient of any frame sums to. */
    double rowSum() {
        return options.scores() == Scores.LOGITS ? 0 : -weight;
    }

    /**
     * How far α and β disagree: the likelihood read off both at some frame (equation 14) is the same at every frame,
     * and the same as α alone has at the last one (equation 8), but for rounding. Only if there is a gradient, without
     * which there is no β.
     */
    Worst disagreement() {
        if (status != CtcStatus.OK) {
            return Worst.NONE;
        }
        double expected = -tables.loss();
        Worst worst = Worst.NONE;
        for (int t = 0; t < tables.timeSteps(); t++) {
            double actual = tables.logLikelihoodAt(t);
            double error = Difference.absolute(actual, expected);
            if (error > worst.error()) {
                worst = new Worst(error, Place.likelihood(t, b), actual, expected);
            }
        }
        return worst;
    }
}
