package io.github.tornadoctc.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.compare.Difference;

/**
 * A case, what libtorch returned for it, and what one of ours does.
 *
 * @param golden the case, and libtorch's answer
 * @param batch the case's
 * @param ours our answer
 */
record Comparison(GoldenCase golden, CtcBatch batch, Answer ours, double lossTolerance, double gradientTolerance) {

    void assertAgrees() {
        assertLossesAgree();
        for (int b = 0; b < batch.batchSize(); b++) {
            assertGradientAgrees(b);
        }
    }

    void assertLossesAgree() {
        for (int b = 0; b < batch.batchSize(); b++) {
            assertLossAgrees(b);
        }
        if (golden.options().reduction() != Reduction.NONE) {
            assertLoss("reduced loss", ours.reduced(), golden.reduced());
        }
    }

    void assertLossAgrees(int b) {
        assertLoss("loss of utterance " + b, ours.loss(b), golden.loss(b));
    }

    private void assertLoss(String what, double actual, double expected) {
        assertThat(Difference.relative(actual, expected))
                .as("relative error of the %s, %s for %s", what, actual, expected)
                .isLessThanOrEqualTo(lossTolerance);
    }

    /** In all T frames: past an utterance's own, both are 0. */
    void assertGradientAgrees(int b) {
        for (int t = 0; t < batch.timeSteps(); t++) {
            assertGradientAgrees(t, b);
        }
    }

    void assertGradientAgrees(int t, int b) {
        for (int v = 0; v < batch.symbols(); v++) {
            assertGradient(t, b, v, theirs(t, b, v) - normalisation(t, b, v));
        }
    }

    void assertGradient(int t, int b, int v, double expected) {
        double actual = ours.gradient(t, b, v);
        assertThat(Difference.absolute(actual, expected))
                .as("error of the gradient at frame %d, utterance %d, symbol %d, %s for %s", t, b, v, actual, expected)
                .isLessThanOrEqualTo(gradientTolerance);
    }

    /** That ours is exactly 0 in an utterance from a frame on. */
    void assertNoGradient(int b, int from) {
        for (int t = from; t < batch.timeSteps(); t++) {
            for (int v = 0; v < batch.symbols(); v++) {
                assertThat(ours.gradient(t, b, v))
                        .as("gradient at frame %d, utterance %d, symbol %d", t, b, v)
                        .isZero();
            }
        }
    }

    double theirs(int t, int b, int v) {
        return golden.gradient(index(t, b, v));
    }

    int index(int t, int b, int v) {
        return (t * batch.batchSize() + b) * batch.symbols() + v;
    }

    /** Whether any symbol of a frame has a gradient of NaN in libtorch. */
    boolean theirsIsNaN(int t, int b) {
        for (int v = 0; v < batch.symbols(); v++) {
            if (Double.isNaN(theirs(t, b, v))) {
                return true;
            }
        }
        return false;
    }

    /**
     * What libtorch's gradient by log-probabilities has and ours has not: the derivative of a log-softmax that it
     * assumes they came from. It is no part of the derivative of the loss.
     */
    private double normalisation(int t, int b, int v) {
        CtcOptions options = golden.options();
        boolean counts = t < batch.inputLength(b) && ours.status(b) == CtcStatus.OK;
        return options.scores() == Scores.LOG_PROBS && counts
                ? Math.exp(batch.score(t, b, v)) * options.reduction().weight(batch, b)
                : 0;
    }
}
