package io.github.tornadoctc.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardBackwardTest {
    private static final CtcOptions OPTIONS = CtcOptions.defaults();

    /** Three frames in which the blank has probability ½ and symbols 1 and 2 have ¼ each. */
    private static CtcBatch threeFrames(int... target) {
        float quarter = (float) Math.log(0.5);
        return CtcBatch.builder(3, 1, 3)
                .scores(0, quarter, quarter, 0, quarter, quarter, 0, quarter, quarter)
                .targets(target)
                .build();
    }

    @Test
    void theExtendedTargetHasABlankAroundEveryLabel() {
        assertThat(ForwardBackward.extend(new int[] {3, 3, 1}, 0)).containsExactly(0, 3, 0, 3, 0, 1, 0);
        assertThat(ForwardBackward.extend(new int[] {}, 4)).containsExactly(4);
    }

    @Test
    void alphaIsWhatCanBeEmittedUpToTheFrame() {
        ForwardBackward tables = new ForwardBackward(threeFrames(1, 2), 0, OPTIONS);
        assertThat(row(tables, 0, true)).containsExactly(new double[] {1 / 2., 1 / 4., 0, 0, 0}, within(1e-7));
        assertThat(row(tables, 1, true))
                .containsExactly(new double[] {1 / 4., 3 / 16., 1 / 8., 1 / 16., 0}, within(1e-7));
        assertThat(row(tables, 2, true))
                .containsExactly(new double[] {1 / 8., 7 / 64., 5 / 32., 3 / 32., 1 / 32.}, within(1e-7));
    }

    @Test
    void betaIsAlphaSeenFromTheOtherEnd() {
        // every frame of this one is alike, so that time can be turned round
        ForwardBackward forth = new ForwardBackward(threeFrames(1, 2), 0, OPTIONS);
        ForwardBackward back = new ForwardBackward(threeFrames(2, 1), 0, OPTIONS);
        for (int t = 0; t < 3; t++) {
            double[] reversed = row(back, 2 - t, true);
            for (int s = 0; s < 5; s++) {
                assertThat(row(forth, t, false)[s]).isCloseTo(reversed[4 - s], within(1e-15));
            }
        }
    }

    @Test
    void aRepeatedLabelCannotBeReachedWithoutTheBlankBetween() {
        ForwardBackward tables = new ForwardBackward(threeFrames(1, 1), 0, OPTIONS);
        assertThat(tables.logAlpha(1, 3)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(tables.loss()).isCloseTo(-Math.log(1 / 4. * 1 / 2. * 1 / 4.), within(1e-6));
    }

    private static double[] row(ForwardBackward tables, int t, boolean alpha) {
        double[] row = new double[tables.states()];
        Arrays.setAll(row, s -> Math.exp(alpha ? tables.logAlpha(t, s) : tables.logBeta(t, s)));
        return row;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void alphaAndBetaAgreeOnTheLikelihoodAtEveryFrame(long seed) {
        CtcBatch batch = RandomBatch.of(60, 4, 6, 12, seed);
        for (Scores scores : Scores.values()) {
            for (int b = 0; b < batch.batchSize(); b++) {
                assertSameLikelihoodAtEveryFrame(new ForwardBackward(batch, b, OPTIONS.withScores(scores)));
            }
        }
    }

    @Test
    void alphaAndBetaStillAgreeAfterTwentyThousandFrames() {
        CtcBatch batch = RandomBatch.of(20_000, 1, 8, 60, 4);
        assertSameLikelihoodAtEveryFrame(new ForwardBackward(batch, 0, OPTIONS));
    }

    private static void assertSameLikelihoodAtEveryFrame(ForwardBackward tables) {
        double worst = 0;
        for (int t = 0; t < tables.timeSteps(); t++) {
            worst = Math.max(worst, Math.abs(tables.logLikelihoodAt(t) + tables.loss()));
        }
        assertThat(tables.status()).isEqualTo(CtcStatus.OK);
        assertThat(worst / Math.max(1, Math.abs(tables.loss()))).isLessThan(1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void statePosteriorsOfAFrameSumToOne(Scores scores) {
        CtcBatch batch = RandomBatch.of(60, 4, 6, 12, 5);
        for (int b = 0; b < batch.batchSize(); b++) {
            ForwardBackward tables = new ForwardBackward(batch, b, OPTIONS.withScores(scores));
            for (int t = 0; t < tables.timeSteps(); t++) {
                double sum = 0;
                for (int s = 0; s < tables.states(); s++) {
                    sum += tables.statePosterior(t, s);
                }
                assertThat(sum).isCloseTo(1, within(1e-12));
            }
        }
    }

    /** Every path has to take label 2 once, whose probability is as small in every frame; where is all that is open. */
    @ParameterizedTest
    @ValueSource(floats = {1e8f, 1e10f, 1e14f, 1e17f, 1e19f})
    void aPenaltyThatEveryPathTakesLeavesThePosteriorsAsTheyAre(float penalty) {
        for (Scores scores : Scores.values()) {
            ForwardBackward small = penalised(1e5f, scores);
            ForwardBackward large = penalised(penalty, scores);
            assertThat(large.loss()).isCloseTo(penalty, withinPercentage(1e-3));
            for (int t = 0; t < small.timeSteps(); t++) {
                assertThat(large.gradient(t)).containsExactly(small.gradient(t), within(1e-9));
            }
        }
    }

    private static ForwardBackward penalised(float penalty, Scores scores) {
        float[] values = new float[12 * 4];
        Random random = new Random(7);
        for (int at = 0; at < values.length; at++) {
            values[at] = at % 4 == 2 ? -penalty : 3 * (float) random.nextGaussian();
        }
        CtcBatch batch = CtcBatch.builder(12, 1, 4)
                .scores(values)
                .targets(new int[] {1, 2, 1})
                .build();
        return new ForwardBackward(batch, 0, OPTIONS.withScores(scores));
    }

    @Test
    void theLossNeedsNoBackwardPass() {
        CtcBatch batch = RandomBatch.of(30, 1, 5, 6, 6);
        double withGradient = new ForwardBackward(batch, 0, OPTIONS).loss();
        assertThat(new ForwardBackward(batch, 0, OPTIONS.withGradient(false)).loss())
                .isEqualTo(withGradient);
    }

    @Test
    void statesEmitTheSymbolsOfTheExtendedTarget() {
        ForwardBackward tables = new ForwardBackward(threeFrames(1, 2), 0, OPTIONS);
        assertThat(tables.timeSteps()).isEqualTo(3);
        assertThat(tables.states()).isEqualTo(5);
        assertThat(tables.symbol(0)).isZero();
        assertThat(tables.symbol(1)).isEqualTo(1);
        assertThat(tables.symbol(3)).isEqualTo(2);
        double[][] rows = LogProbabilities.of(threeFrames(1, 2), 0, OPTIONS.scores());
        assertThat(tables.logProbability(2, 1))
                .isCloseTo(rows[2][1], within(1e-15))
                .isNegative();
    }

    @Test
    void aMaskedSymbolHasNoPosteriorAndHidesNoOther() {
        CtcBatch batch = CtcBatch.builder(2, 1, 2)
                .scores(0, 0, Float.NEGATIVE_INFINITY, 0)
                .targets(new int[] {1})
                .build();
        ForwardBackward tables = new ForwardBackward(batch, 0, OPTIONS);
        assertThat(tables.statePosterior(1, 0)).isZero();
        assertThat(tables.statePosterior(1, 1)).isCloseTo(1, within(1e-15));
        assertThat(tables.logLikelihoodAt(1)).isCloseTo(-tables.loss(), within(1e-15));
        assertThat(tables.gradient(1)).containsExactly(new double[] {0, 0}, within(1e-15));
    }

    @Test
    void whatIsNotFiniteHasNoLossAndNoGradient() {
        CtcBatch batch = CtcBatch.builder(2, 1, 2)
                .scores(0, 1, Float.NaN, 0)
                .targets(new int[] {1})
                .build();
        ForwardBackward tables = new ForwardBackward(batch, 0, OPTIONS);
        assertThat(tables.status()).isEqualTo(CtcStatus.NON_FINITE);
        assertThat(tables.loss()).isNaN();
        assertThat(tables.gradient(0)).containsExactly(0, 0);
    }
}
