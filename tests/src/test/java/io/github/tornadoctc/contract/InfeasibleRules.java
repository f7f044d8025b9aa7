package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A target needs a frame for each label, and one for the blank between equal neighbours. */
interface InfeasibleRules extends BackendUnderTest {

    private static BatchDraft labels(int frames, int... target) {
        return BatchDraft.random(31, frames, 1, 4, 0).target(0, target);
    }

    private CtcStatus status(int frames, int... target) {
        return computeAndCheck(labels(frames, target).build()).status(0);
    }

    @Test
    default void aTargetNeedsAFrameForEachLabel() {
        assertThat(status(4, 1, 2, 3, 1)).isEqualTo(CtcStatus.OK);
        assertThat(status(3, 1, 2, 3, 1)).isEqualTo(CtcStatus.INFEASIBLE);
    }

    @Test
    default void aRepeatedLabelNeedsAFrameForTheBlankBetween() {
        assertThat(status(6, 1, 1, 2, 2)).isEqualTo(CtcStatus.OK);
        assertThat(status(5, 1, 1, 2, 2)).isEqualTo(CtcStatus.INFEASIBLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 40})
    default void oneLabelThroughoutNeedsTwiceTheFramesLessOne(int length) {
        int[] target = new int[length];
        Arrays.fill(target, 2);
        assertThat(status(2 * length - 1, target)).isEqualTo(CtcStatus.OK);
        assertThat(status(2 * length - 2, target)).isEqualTo(CtcStatus.INFEASIBLE);
    }

    @Test
    default void exactlyEnoughFramesLeaveOnePath() {
        CtcBatch batch = labels(5, 3, 3, 3).build();
        int[] path = {3, 0, 3, 0, 3};
        double loss = 0;
        for (int t = 0; t < path.length; t++) {
            loss -= batch.score(t, 0, path[t]);
        }
        double tolerance = Math.max(lossTolerance(), 1e-12);
        assertLoss(computeAndCheck(batch, LOG_PROBS).loss(0), loss, tolerance);
    }

    /** Utterance 1 is infeasible, its neighbours are not. */
    private static CtcBatch oneOfThree() {
        return BatchDraft.random(32, 6, 3, 4, 2).target(1, 1, 1, 1, 1).build();
    }

    @ParameterizedTest
    @EnumSource
    default void anInfeasibleTargetCostsInfinityAndHasNoGradient(Scores scores) {
        CtcBatch batch = oneOfThree();
        CtcResult result = computeAndCheck(batch, LOGITS.withScores(scores));
        assertThat(result.statuses()).containsExactly(CtcStatus.OK, CtcStatus.INFEASIBLE, CtcStatus.OK);
        assertThat(result.loss(1)).isEqualTo(Double.POSITIVE_INFINITY);
        Bits.assertNoGradient(batch, 1, result);
    }

    @ParameterizedTest
    @EnumSource
    default void withZeroInfinityItCostsNothingAndIsStillToldApart(Reduction reduction) {
        CtcBatch batch = oneOfThree();
        CtcOptions options = LOGITS.withZeroInfinity(true).withReduction(reduction);
        CtcResult result = computeAndCheck(batch, options);
        assertThat(result.status(1)).isEqualTo(CtcStatus.INFEASIBLE);
        assertThat(result.loss(1)).isZero();
        assertThat(result.reduced()).isFinite();
        Bits.assertNoGradient(batch, 1, result);
    }

    @Test
    default void zeroInfinityLeavesFeasibleTargetsAlone() {
        CtcBatch batch = oneOfThree();
        CtcResult without = compute(batch);
        CtcResult with = compute(batch, LOGITS.withZeroInfinity(true));
        assertThat(Bits.ofUtterance(batch, 0, with)).isEqualTo(Bits.ofUtterance(batch, 0, without));
        assertThat(Bits.ofUtterance(batch, 2, with)).isEqualTo(Bits.ofUtterance(batch, 2, without));
    }

    @ParameterizedTest
    @EnumSource
    default void oneInfeasibleTargetMakesTheReducedLossInfinite(Reduction reduction) {
        CtcResult result = computeAndCheck(oneOfThree(), LOGITS.withReduction(reduction));
        assertThat(result.reduced()).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
