package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How losses become one number, and that number's gradient. */
interface ReductionRules extends BackendUnderTest {
    CtcOptions MEAN = LOGITS.withReduction(Reduction.MEAN);

    /** Targets of 4, 0 and 1 labels. */
    private static CtcBatch batch() {
        return BatchDraft.random(51, 9, 3, 5, 4).target(1).target(2, 3).build();
    }

    @Test
    default void theSumAddsLossesAndLeavesGradientsAsTheyAre() {
        CtcBatch batch = batch();
        CtcResult none = computeAndCheck(batch);
        CtcResult sum = computeAndCheck(batch, LOGITS.withReduction(Reduction.SUM));
        Bits.assertSame(sum, none);
        assertThat(sum.reduced()).isEqualTo(none.loss(0) + none.loss(1) + none.loss(2));
    }

    @Test
    default void theMeanDividesEachLossByItsTargetLengthFirst() {
        CtcBatch batch = batch();
        CtcResult result = computeAndCheck(batch, MEAN);
        double mean = (result.loss(0) / 4 + result.loss(1) + result.loss(2)) / 3;
        assertThat(result.reduced()).isCloseTo(mean, within(1e-14 * mean));
    }

    @Test
    default void theGradientOfTheMeanIsScaledLikeItsLosses() {
        CtcBatch batch = batch();
        double[] weights = {1 / 12.0, 1 / 3.0, 1 / 3.0};
        CtcResult mean = computeAndCheck(batch, MEAN);
        CtcResult none = compute(batch);
        for (int b = 0; b < batch.batchSize(); b++) {
            for (int t = 0; t < batch.timeSteps(); t++) {
                for (int v = 0; v < batch.symbols(); v++) {
                    double expected = weights[b] * none.gradient(batch, t, b, v);
                    assertThat((double) mean.gradient(batch, t, b, v)).isCloseTo(expected, within(1e-7));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void theReductionLeavesTheLossOfEachUtteranceAsItIs(Reduction reduction) {
        CtcBatch batch = batch();
        assertThat(compute(batch, LOGITS.withReduction(reduction)).losses())
                .isEqualTo(compute(batch).losses());
    }

    @ParameterizedTest
    @EnumSource
    default void theGradientOfLogProbsIsScaledToo(Reduction reduction) {
        computeAndCheck(batch(), LOGITS.withScores(Scores.LOG_PROBS).withReduction(reduction));
    }
}
