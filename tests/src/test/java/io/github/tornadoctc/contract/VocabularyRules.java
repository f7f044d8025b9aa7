package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are long beside the targets, of which a backend may make something else than of an alphabet's. */
interface VocabularyRules extends BackendUnderTest {
    /** V, more than an alphabet has, and 64 times as many as a target of {@link #LABELS} labels and the blank. */
    int SYMBOLS = 256;

    /** U, at most. */
    int LABELS = 3;

    private static BatchDraft draft() {
        return BatchDraft.random(91, 9, 7, SYMBOLS, LABELS).ragged();
    }

    /** One utterance as it should be, and each that is not beside it. */
    private static BatchDraft exceptions() {
        return draft().target(1)
                .score(2, 2, 100, Float.NaN)
                .score(2, 3, 100, Float.POSITIVE_INFINITY)
                .inputLength(4, 2)
                .target(4, 7, 7, 7)
                .frame(1, 5, Float.NEGATIVE_INFINITY)
                .inputLength(6, 0);
    }

    @ParameterizedTest
    @EnumSource
    default void aVocabularyIsReducedAndLaidOutAsAnAlphabetIs(Reduction reduction) {
        for (Scores scores : Scores.values()) {
            CtcOptions options = LOGITS.withScores(scores).withReduction(reduction);
            for (Layout layout : Layout.values()) {
                computeAndCheck(draft().layout(layout).build(), options);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void ofAVocabularyNoGradientIsLeftWhereThereIsNoLoss(Scores scores) {
        CtcOptions options = LOGITS.withScores(scores).withZeroInfinity(true);
        CtcBatch batch = exceptions().build();
        CtcResult result = computeAndCheck(batch, options);
        assertThat(result.statuses())
                .startsWith(
                        CtcStatus.OK, CtcStatus.OK, CtcStatus.NON_FINITE, CtcStatus.NON_FINITE, CtcStatus.INFEASIBLE);
        for (int b = 2; b < batch.batchSize(); b++) {
            Bits.assertNoGradient(batch, b, result);
        }
    }

    /** With a long target in the batch the rows of all of them are no longer long beside it. */
    @ParameterizedTest
    @EnumSource
    default void ofAVocabularyAnUtteranceBesideALongTargetIsUnchanged(Scores scores) {
        CtcOptions options = LOGITS.withScores(scores);
        BatchDraft draft = draft();
        CtcBatch shortTargets = draft.build();
        int last = shortTargets.batchSize() - 1;
        CtcBatch withALongOne = draft.target(last, 1, 2, 3, 4, 5, 6, 7, 8).build();
        CtcResult expected = compute(shortTargets, options);
        CtcResult actual = computeAndCheck(withALongOne, options);
        for (int b = 0; b < last; b++) {
            assertThat(Bits.ofUtterance(withALongOne, b, actual))
                    .isEqualTo(Bits.ofUtterance(shortTargets, b, expected));
        }
    }
}
