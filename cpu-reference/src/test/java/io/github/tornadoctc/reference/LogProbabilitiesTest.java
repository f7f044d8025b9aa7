package io.github.tornadoctc.reference;

import static java.lang.Float.NEGATIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogProbabilitiesTest {

    @Test
    void logitsAreNormalised() {
        double[][] rows = LogProbabilities.of(frame(1, 2, 3), 0, Scores.LOGITS);
        double normaliser = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3));
        assertThat(rows[0])
                .containsExactly(new double[] {1 - normaliser, 2 - normaliser, 3 - normaliser}, within(1e-15));
    }

    /** The floats of a shifted frame differ as those of the frame do. */
    @ParameterizedTest
    @ValueSource(floats = {1e6f, 1e10f, -1e12f, 1e20f, -1e30f, -Float.MAX_VALUE})
    void aCommonShiftOfLogitsChangesNothing(float shift) {
        float unit = Math.ulp(shift);
        double[] here = LogProbabilities.of(frame(0, 2 * unit, 2 * unit, unit), 0, Scores.LOGITS)[0];
        double[] there = LogProbabilities.of(
                frame(shift, shift + 2 * unit, shift + 2 * unit, shift + unit), 0, Scores.LOGITS)[0];
        assertThat(there).containsExactly(here, within(1e-15));
    }

    @Test
    void theLargestScoreOfAFrame() {
        assertThat(LogProbabilities.largest(frame(1, 3, 2), 0, 0)).isEqualTo(3);
        assertThat(LogProbabilities.largest(frame(-3, NEGATIVE_INFINITY, -2), 0, 0))
                .isEqualTo(-2);
    }

    @Test
    void logProbabilitiesAreTakenAsTheyAre() {
        assertThat(LogProbabilities.of(frame(1, 2, 3), 0, Scores.LOG_PROBS)[0]).containsExactly(1, 2, 3);
    }

    @Test
    void aMaskedSymbolIsDefined() {
        assertThat(isDefined(Scores.LOGITS, 1, NEGATIVE_INFINITY, 3)).isTrue();
        assertThat(isDefined(Scores.LOG_PROBS, NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY))
                .isTrue();
    }

    @Test
    void nothingButMaskedLogitsAreNoProbabilities() {
        assertThat(isDefined(Scores.LOGITS, NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY))
                .isFalse();
    }

    @Test
    void neitherNaNNorInfinityIsAProbability() {
        for (Scores scores : Scores.values()) {
            assertThat(isDefined(scores, 1, 2, Float.NaN)).isFalse();
            assertThat(isDefined(scores, 1, 2, Float.POSITIVE_INFINITY)).isFalse();
        }
    }

    private static boolean isDefined(Scores scores, float... values) {
        return LogProbabilities.areDefined(LogProbabilities.of(frame(values), 0, scores));
    }

    private static CtcBatch frame(float... values) {
        return CtcBatch.builder(1, 1, values.length)
                .scores(values)
                .targets(new int[0])
                .build();
    }
}
