package io.github.tornadoctc.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;

/**
 * Where our answer is not libtorch's, on purpose. Both halves are asserted, what libtorch returned too: a difference
 * that a later libtorch no longer has would show when the cases are made again.
 */
final class Differences {

    private Differences() {}

    /** Both say +∞. There its gradient is NaN, ours 0. */
    static void infeasible(Comparison c) {
        c.assertLossesAgree();
        assertThat(c.golden().losses()).contains(Double.POSITIVE_INFINITY);
        for (int b = 0; b < c.batch().batchSize(); b++) {
            if (Double.isInfinite(c.golden().loss(b))) {
                assertThat(c.ours().status(b)).isEqualTo(CtcStatus.INFEASIBLE);
                assertTheirsIsNaNThroughout(c, b);
                c.assertNoGradient(b, 0);
            } else {
                c.assertGradientAgrees(b);
            }
        }
    }

    private static void assertTheirsIsNaNThroughout(Comparison c, int b) {
        for (int t = 0; t < c.batch().inputLength(b); t++) {
            for (int v = 0; v < c.batch().symbols(); v++) {
                assertThat(c.theirs(t, b, v)).isNaN();
            }
        }
    }

    /**
     * Both have the same loss. Its gradient is NaN in every frame with a score of −∞, ours what it returns for very
     * low scores instead.
     */
    static void masked(Comparison c) {
        c.assertLossesAgree();
        double[] withVeryLowScores = c.golden().gradientWithVeryLowScores();
        for (int b = 0; b < c.batch().batchSize(); b++) {
            for (int t = 0; t < c.batch().timeSteps(); t++) {
                boolean masks = false;
                for (int v = 0; v < c.batch().symbols(); v++) {
                    masks |= c.batch().score(t, b, v) == Float.NEGATIVE_INFINITY;
                    c.assertGradient(t, b, v, withVeryLowScores[c.index(t, b, v)]);
                }
                assertThat(c.theirsIsNaN(t, b)).isEqualTo(masks);
                if (!masks) {
                    c.assertGradientAgrees(t, b);
                }
            }
        }
    }

    /** Both have the same loss. Past an utterance's frames its gradient is NaN where the scores are not finite, ours 0. */
    static void padding(Comparison c) {
        c.assertLossesAgree();
        for (int b = 0; b < c.batch().batchSize(); b++) {
            for (int t = 0; t < c.batch().timeSteps(); t++) {
                assertThat(c.theirsIsNaN(t, b)).isEqualTo(isNonFinite(c.batch(), t, b));
                if (t < c.batch().inputLength(b)) {
                    c.assertGradientAgrees(t, b);
                }
            }
            c.assertNoGradient(b, c.batch().inputLength(b));
        }
    }

    /**
     * A NaN or +∞ that counts makes our loss NaN and our gradient 0; its gradient is NaN. For log-probabilities it
     * does not see one whose symbol is not in the target, and has a loss.
     */
    static void nonFinite(Comparison c) {
        for (int b = 0; b < c.batch().batchSize(); b++) {
            boolean nonFinite = false;
            boolean theirsIsNaN = false;
            for (int t = 0; t < c.batch().inputLength(b); t++) {
                nonFinite |= isNonFinite(c.batch(), t, b);
                theirsIsNaN |= c.theirsIsNaN(t, b);
            }
            assertThat(theirsIsNaN).isEqualTo(nonFinite);
            if (nonFinite) {
                assertThat(c.ours().status(b)).isEqualTo(CtcStatus.NON_FINITE);
                assertThat(c.ours().loss(b)).isNaN();
                assertThat(Double.isNaN(c.golden().loss(b)))
                        .isEqualTo(c.golden().options().scores() == Scores.LOGITS);
                c.assertNoGradient(b, 0);
            } else {
                c.assertLossAgrees(b);
                c.assertGradientAgrees(b);
            }
        }
    }

    private static boolean isNonFinite(CtcBatch batch, int t, int b) {
        for (int v = 0; v < batch.symbols(); v++) {
            if (!Float.isFinite(batch.score(t, b, v))) {
                return true;
            }
        }
        return false;
    }

    /** It takes the blank for a label and has a loss; we refuse. */
    static void blankInTarget(GoldenCase golden) {
        assertThat(golden.losses()).doesNotContain(Double.POSITIVE_INFINITY, Double.NaN);
        assertThatThrownBy(golden::batch)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is the blank");
    }
}
