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

/** −∞ masks a symbol: its probability is 0, and everything else stays exact. */
interface MaskRules extends BackendUnderTest {
    float MASKED = Float.NEGATIVE_INFINITY;

    /** T=8, B=3, V=5; symbol 4 is in no target. */
    private static BatchDraft draft() {
        return BatchDraft.random(11, 8, 3, 5, 0)
                .target(0, 1, 2, 3)
                .target(1, 2, 2)
                .target(2);
    }

    private CtcResult check(BatchDraft draft, Scores scores) {
        CtcBatch batch = draft.build();
        CtcOptions options = LOGITS.withScores(scores);
        CtcResult result = computeAndCheck(batch, options);
        for (int b = 0; b < batch.batchSize(); b++) {
            for (int t = 0; t < batch.inputLength(b); t++) {
                for (int v = 0; v < batch.symbols(); v++) {
                    if (batch.score(t, b, v) == MASKED) {
                        assertThat(result.gradient(batch, t, b, v)).isZero();
                    }
                }
            }
        }
        return result;
    }

    @Test
    default void aMaskedColumnIsAsIfTheSymbolDidNotExist() {
        BatchDraft masked = draft();
        BatchDraft without = BatchDraft.zeros(8, 3, 4);
        for (int b = 0; b < 3; b++) {
            masked.column(b, 4, MASKED);
            without.target(b, masked.targetOf(b));
            for (int t = 0; t < 8; t++) {
                for (int v = 0; v < 4; v++) {
                    without.score(t, b, v, masked.score(t, b, v));
                }
            }
        }
        CtcResult actual = check(masked, Scores.LOGITS);
        CtcResult expected = compute(without.build());
        for (int b = 0; b < 3; b++) {
            assertLoss(actual.loss(b), expected.loss(b), 2 * lossTolerance());
        }
    }

    /** A mask may be written as a very low score, but where every symbol has it there is no mask. */
    @ParameterizedTest
    @ValueSource(floats = {-1e30f, -Float.MAX_VALUE, 1e30f, Float.MAX_VALUE})
    default void aFrameOfEqualScoresIsUniformWhateverTheyAre(float score) {
        BatchDraft extreme = draft();
        BatchDraft zero = draft();
        for (int v = 0; v < 5; v++) {
            extreme.score(2, 0, v, score);
            zero.score(2, 0, v, 0);
        }
        CtcResult actual = computeAndCheck(extreme.build());
        CtcResult expected = compute(zero.build());
        assertLoss(actual.loss(0), expected.loss(0), 2 * lossTolerance());
        assertThat(actual.status(0)).isEqualTo(CtcStatus.OK);
    }

    @ParameterizedTest
    @EnumSource
    default void aLabelMaskedInSomeFramesGoesThroughTheOthers(Scores scores) {
        BatchDraft draft = draft();
        for (int t = 0; t < 8; t += 2) {
            draft.score(t, 0, 2, MASKED).score(t, 1, 2, MASKED);
        }
        assertThat(check(draft, scores).statuses()).containsOnly(CtcStatus.OK);
    }

    @ParameterizedTest
    @EnumSource
    default void aLabelMaskedInEveryFrameIsInfeasible(Scores scores) {
        CtcResult result = check(draft().column(0, 2, MASKED), scores);
        assertThat(result.statuses()).containsExactly(CtcStatus.INFEASIBLE, CtcStatus.OK, CtcStatus.OK);
    }

    @ParameterizedTest
    @EnumSource
    default void aMaskedBlankLeavesThePathsWithoutIt(Scores scores) {
        BatchDraft draft = draft().column(0, 0, MASKED).column(1, 0, MASKED).column(2, 0, MASKED);
        // a repeated label and an empty target cannot do without the blank
        assertThat(check(draft, scores).statuses())
                .containsExactly(CtcStatus.OK, CtcStatus.INFEASIBLE, CtcStatus.INFEASIBLE);
    }

    @ParameterizedTest
    @EnumSource
    default void aMaskedFirstOrLastFrameLeavesOneWayInOrOut(Scores scores) {
        BatchDraft draft = draft().score(0, 0, 0, MASKED)
                .score(7, 0, 3, MASKED)
                .score(0, 1, 2, MASKED)
                .score(7, 1, 0, MASKED);
        assertThat(check(draft, scores).statuses()).containsOnly(CtcStatus.OK);
    }

    @ParameterizedTest
    @EnumSource
    default void aFrameThatMasksBlankAndAllLabelsIsInfeasible(Scores scores) {
        BatchDraft draft = draft();
        for (int v = 0; v < 4; v++) {
            draft.score(3, 0, v, MASKED);
        }
        assertThat(check(draft, scores).status(0)).isEqualTo(CtcStatus.INFEASIBLE);
    }

    @ParameterizedTest
    @EnumSource
    default void labelsLeftOnlyInTheWrongOrderAreInfeasible(Scores scores) {
        BatchDraft draft = draft();
        for (int t = 0; t < 4; t++) {
            draft.score(t, 0, 1, MASKED).score(7 - t, 0, 2, MASKED);
        }
        assertThat(check(draft, scores).status(0)).isEqualTo(CtcStatus.INFEASIBLE);
    }

    @Test
    default void onlyTheTargetsPathUnmaskedCostsExactlyNothing() {
        BatchDraft draft = BatchDraft.zeros(5, 1, 4).target(0, 3, 3, 1);
        int[] path = {3, 0, 3, 1, 1};
        for (int t = 0; t < 5; t++) {
            draft.frame(t, 0, MASKED).score(t, 0, path[t], 2.5f);
        }
        assertThat(check(draft, Scores.LOGITS).loss(0)).isZero();
    }

    /** What is written for −∞ where −∞ is feared. */
    @ParameterizedTest
    @ValueSource(floats = {-1e4f, -1e9f, -1e30f, -Float.MAX_VALUE})
    default void aVeryLowScoreMasksWhereOtherPathsExist(float low) {
        CtcResult result =
                computeAndCheck(draft().column(0, 4, low).score(2, 0, 2, low).build());
        CtcResult masked =
                compute(draft().column(0, 4, MASKED).score(2, 0, 2, MASKED).build());
        assertLoss(result.loss(0), masked.loss(0), 2 * lossTolerance());
    }

    @ParameterizedTest
    @ValueSource(floats = {-1e4f, -1e7f})
    default void aVeryLowScoreOnEveryPathIsExpensiveButNotInfeasible(float low) {
        for (Scores scores : Scores.values()) {
            BatchDraft draft =
                    BatchDraft.random(12, 4, 2, 3, 0).target(0, 1, 2, 1, 2).target(1, 2);
            CtcResult result = check(draft.score(2, 0, 1, low), scores);
            assertThat(result.loss(0)).isBetween(-0.9 * low, -1.1 * low);
        }
    }
}
