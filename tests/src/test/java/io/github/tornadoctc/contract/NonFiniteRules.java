package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NaN and +∞ spoil the utterance they are in, and nothing else. */
interface NonFiniteRules extends BackendUnderTest {
    int SPOILT = 1;

    /** T=5, B=3, V=4; the targets are 1 2, so that symbol 3 is in none. */
    private static BatchDraft draft() {
        return BatchDraft.random(41, 5, 3, 4, 0).target(0, 1, 2).target(1, 1, 2).target(2, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    default void oneSuchScoreAnywhereInTheFramesIsReported(float bad) {
        for (Scores scores : Scores.values()) {
            CtcOptions options = LOGITS.withScores(scores);
            CtcBatch clean = draft().build();
            CtcResult expected = compute(clean, options);
            for (int t = 0; t < 5; t++) {
                for (int v = 0; v < 4; v++) {
                    CtcBatch batch = draft().score(t, SPOILT, v, bad).build();
                    CtcResult actual = computeAndCheck(batch, options);
                    String where = "%s, frame %d, symbol %d".formatted(scores, t, v);
                    assertThat(actual.status(SPOILT)).as(where).isEqualTo(CtcStatus.NON_FINITE);
                    assertThat(actual.loss(SPOILT)).as(where).isNaN();
                    Bits.assertNoGradient(batch, SPOILT, actual);
                    assertNeighboursAreTheSame(where, batch, actual, clean, expected);
                }
            }
        }
    }

    private static void assertNeighboursAreTheSame(
            String where, CtcBatch batch, CtcResult actual, CtcBatch clean, CtcResult expected) {
        for (int b = 0; b < batch.batchSize(); b++) {
            if (b != SPOILT) {
                assertThat(Bits.ofUtterance(batch, b, actual))
                        .as(where)
                        .isEqualTo(Bits.ofUtterance(clean, b, expected));
            }
        }
    }

    @Test
    default void aFrameOfLogitsThatIsAllMaskedIsNoDistribution() {
        CtcBatch batch = draft().frame(3, SPOILT, Float.NEGATIVE_INFINITY).build();
        assertThat(computeAndCheck(batch).statuses()).containsExactly(CtcStatus.OK, CtcStatus.NON_FINITE, CtcStatus.OK);
    }

    @Test
    default void aFrameOfLogProbsThatIsAllMaskedLetsNothingThrough() {
        CtcBatch batch = draft().frame(3, SPOILT, Float.NEGATIVE_INFINITY).build();
        assertThat(computeAndCheck(batch, LOG_PROBS).statuses())
                .containsExactly(CtcStatus.OK, CtcStatus.INFEASIBLE, CtcStatus.OK);
    }

    @ParameterizedTest
    @EnumSource
    default void nonFiniteScoresAreReportedOfInfeasibleAndEmptyTargetsToo(Scores scores) {
        CtcBatch batch = draft().target(0, 1, 1, 1, 1)
                .score(4, 0, 3, Float.NaN)
                .target(2)
                .score(0, 2, 3, Float.NaN)
                .build();
        assertThat(computeAndCheck(batch, LOGITS.withScores(scores)).statuses())
                .containsExactly(CtcStatus.NON_FINITE, CtcStatus.OK, CtcStatus.NON_FINITE);
    }

    @Test
    default void zeroInfinityDoesNotHideNonFiniteScores() {
        CtcBatch batch = draft().score(2, SPOILT, 1, Float.NaN).build();
        CtcResult result = computeAndCheck(batch, LOGITS.withZeroInfinity(true));
        assertThat(result.loss(SPOILT)).isNaN();
        assertThat(result.reduced()).isNaN();
    }

    @Test
    default void theLastScoreOfAWideFrameIsLookedAtToo() {
        for (int symbols : new int[] {31, 33, 65, 257, 1025}) {
            CtcBatch batch = BatchDraft.random(42, 3, 2, symbols, 1)
                    .score(1, 1, symbols - 1, Float.NaN)
                    .build();
            assertThat(computeAndCheck(batch).statuses()).containsExactly(CtcStatus.OK, CtcStatus.NON_FINITE);
        }
    }

    @Test
    default void spoiltUtterancesAreReportedWithoutAGradientToo() {
        CtcBatch batch =
                draft().score(2, SPOILT, 3, Float.NaN).target(2, 1, 1, 1, 1).build();
        assertThat(computeAndCheck(batch, LOGITS.withGradient(false)).statuses())
                .containsExactly(CtcStatus.OK, CtcStatus.NON_FINITE, CtcStatus.INFEASIBLE);
    }
}
