package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** γ is the share of a target's paths that are in a state at a frame. */
interface PosteriorRules extends BackendUnderTest {

    private static List<CtcOccupation> posteriors(CtcBackend backend, CtcBatch batch, Scores scores) {
        return backend.operation(CtcPosteriors.class).orElseThrow().posteriors(batch, scores);
    }

    private List<CtcOccupation> check(CtcBatch batch, Scores scores) {
        List<CtcOccupation> actual = posteriors(backend(), batch, scores);
        try (CtcBackend reference = new ReferenceCtc()) {
            List<CtcOccupation> expected = posteriors(reference, batch, scores);
            assertThat(actual).hasSameSizeAs(expected);
            for (int b = 0; b < expected.size(); b++) {
                assertAlike(b, actual.get(b), expected.get(b));
            }
        }
        return actual;
    }

    private void assertAlike(int b, CtcOccupation actual, CtcOccupation expected) {
        assertThat(actual.status()).as("status of utterance %d", b).isEqualTo(expected.status());
        assertThat(actual.frames()).isEqualTo(expected.frames());
        assertThat(actual.states()).isEqualTo(expected.states());
        for (int t = 0; t < expected.frames(); t++) {
            float sum = 0;
            for (int s = 0; s < expected.states(); s++) {
                sum += actual.gamma(t, s);
                assertThat(actual.gamma(t, s))
                        .as("posterior of utterance %d, frame %d, state %d", b, t, s)
                        .isCloseTo(expected.gamma(t, s), within((float) gradientTolerance()));
            }
            assertThat(sum).isCloseTo(1, within(1e-5f));
        }
    }

    private static BatchDraft draft() {
        return BatchDraft.random(401, 24, 5, 6, 7).ragged();
    }

    @ParameterizedTest
    @EnumSource
    default void posteriorsAreTheReferencesInEitherLayout(Layout layout) {
        for (Scores scores : Scores.values()) {
            check(draft().layout(layout).build(), scores);
        }
    }

    @Test
    default void posteriorsOfLongAndOfPeakedUtterances() {
        check(
                BatchDraft.random(402, size(700, 60), 2, 12, size(90, 40))
                        .ragged()
                        .build(),
                Scores.LOGITS);
        check(
                BatchDraft.random(403, size(300, 60), 2, 8, 20)
                        .scaled(12)
                        .ragged()
                        .build(),
                Scores.LOGITS);
        check(BatchDraft.random(404, 20, 2, 300, 6).ragged().build(), Scores.LOGITS);
    }

    @Test
    default void addedUpBySymbolTheyAreWhatTheGradientSubtracts() {
        CtcBatch batch = draft().build();
        CtcResult result = compute(batch, LOG_PROBS);
        List<CtcOccupation> occupations = check(batch, Scores.LOG_PROBS);
        for (int b = 0; b < batch.batchSize(); b++) {
            CtcOccupation occupation = occupations.get(b);
            for (int t = 0; t < occupation.frames(); t++) {
                float[] bySymbol = new float[batch.symbols()];
                for (int s = 0; s < occupation.states(); s++) {
                    bySymbol[s % 2 == 1 ? batch.label(b, s / 2) : batch.blank()] += occupation.gamma(t, s);
                }
                for (int v = 0; v < batch.symbols(); v++) {
                    assertThat(bySymbol[v])
                            .isCloseTo(-result.gradient(batch, t, b, v), within((float) (4 * gradientTolerance())));
                }
            }
        }
    }

    @Test
    default void anUtteranceWithoutAPathHasNoPosteriors() {
        BatchDraft draft = BatchDraft.random(405, 6, 4, 4, 2)
                .target(0, 1, 1, 1, 1)
                .score(3, 1, 3, Float.NaN)
                .target(2)
                .inputLength(2, 0);
        assertThat(check(draft.build(), Scores.LOGITS).stream().map(CtcOccupation::status))
                .containsExactly(CtcStatus.INFEASIBLE, CtcStatus.NON_FINITE, CtcStatus.OK, CtcStatus.OK);
    }

    @Test
    default void aLabelIsExpectedWhereItsOnlyFrameIs() {
        BatchDraft draft = BatchDraft.zeros(5, 1, 3).target(0, 2);
        int[] says = {0, 0, 2, 2, 0};
        for (int t = 0; t < 5; t++) {
            draft.frame(t, 0, Float.NEGATIVE_INFINITY).score(t, 0, says[t], 0);
        }
        CtcOccupation occupation = check(draft.build(), Scores.LOGITS).getFirst();
        assertThat(occupation.expectedTime(0)).isCloseTo(3, within(1e-6));
        assertThat(occupation.expectedFrames(0)).isCloseTo(2, within(1e-6));
    }

    @Test
    default void scoresOnADeviceHaveNoPosteriorsHere() {
        CtcBatch batch = CtcBatch.builder(3, 1, 4)
                .targets(new int[] {1})
                .scoresOnDevice()
                .build();
        assertThatThrownBy(() -> posteriors(backend(), batch, Scores.LOGITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("on a device");
    }
}
