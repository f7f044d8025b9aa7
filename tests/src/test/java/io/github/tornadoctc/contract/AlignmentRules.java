package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forced alignment is the reference's, path by path, whatever the batch. */
interface AlignmentRules extends BackendUnderTest {
    AlignmentOptions ALIGN = AlignmentOptions.defaults();

    private List<CtcAlignment> align(CtcBatch batch) {
        return Alignments.check(backend(), batch, ALIGN);
    }

    private static BatchDraft draft() {
        return BatchDraft.random(201, 24, 5, 6, 7).ragged();
    }

    @ParameterizedTest
    @EnumSource
    default void pathsAreTheReferencesInEitherLayout(Layout layout) {
        for (Scores scores : Scores.values()) {
            CtcBatch batch = draft().layout(layout).build();
            Alignments.check(backend(), batch, ALIGN.withScores(scores));
        }
    }

    @Test
    default void longTargetsAreAligned() {
        align(BatchDraft.random(202, size(1500, 90), 2, 12, size(600, 40))
                .ragged()
                .build());
    }

    @Test
    default void largeVocabulariesAreAligned() {
        align(BatchDraft.random(203, 40, 3, size(3000, 300), 9).ragged().build());
    }

    /** Scores of few values, so that nearly every choice is between equals. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    default void tiesAreBrokenAsTheReferenceDoes(int values) {
        BatchDraft draft = BatchDraft.random(204, 30, 6, 4, 8).ragged();
        for (int b = 0; b < 6; b++) {
            for (int t = 0; t < 30; t++) {
                for (int v = 0; v < 4; v++) {
                    draft.score(t, b, v, -((t * 7 + b * 5 + v * 11) % 13 % values));
                }
            }
        }
        for (Scores scores : Scores.values()) {
            Alignments.check(backend(), draft.build(), ALIGN.withScores(scores));
        }
    }

    /** Every 3 × 3 grid of three values, all of them in one batch; by enumeration no path is better. */
    @Test
    default void noGridOfThreeValuesHasABetterPath() {
        int step = size(1, 53);
        int grids = Math.ceilDiv(19683, step);
        BatchDraft draft = BatchDraft.zeros(3, grids, 3);
        for (int b = 0; b < grids; b++) {
            draft.target(b, 1, 2);
            for (int i = 0, digits = b * step; i < 9; i++, digits /= 3) {
                draft.score(i / 3, b, i % 3, -(digits % 3));
            }
        }
        List<CtcAlignment> alignments = Alignments.check(backend(), draft.build(), ALIGN.withScores(Scores.LOG_PROBS));
        int[][] paths = {{1, 2, 2}, {1, 1, 2}, {1, 0, 2}, {0, 1, 2}, {1, 2, 0}};
        for (int b = 0; b < grids; b++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int[] path : paths) {
                best = Math.max(
                        best, draft.score(0, b, path[0]) + draft.score(1, b, path[1]) + draft.score(2, b, path[2]));
            }
            assertThat(alignments.get(b).score()).isEqualTo(best);
            assertThat(Arrays.asList(paths)).contains(alignments.get(b).path());
        }
    }

    @Test
    default void casesOfTorchaudio() {
        double[][] probabilities = {
            {.633766, .221185, .0917319, .0129757, .0142857, .0260553},
            {.111121, .588392, .278779, .0055756, .00569609, .010436},
            {.0357786, .633813, .321418, .00249248, .00272882, .0037688},
            {.0663296, .643849, .280111, .00283995, .0035545, .00331533},
            {.458235, .396634, .123377, .00648837, .00903441, .00623107}
        };
        BatchDraft draft = BatchDraft.zeros(5, 4, 6)
                .blank(5)
                .target(0, 0, 1, 1, 0)
                .target(1, 0, 1, 2, 3, 4)
                .target(2, 3, 3, 3)
                .target(3, 0, 1, 2);
        for (int b = 0; b < 4; b++) {
            for (int t = 0; t < 5; t++) {
                for (int v = 0; v < 6; v++) {
                    draft.score(t, b, v, (float) Math.log(probabilities[t][v]));
                }
            }
        }
        List<CtcAlignment> alignments = Alignments.check(backend(), draft.build(), ALIGN.withScores(Scores.LOG_PROBS));
        assertThat(alignments.stream().map(CtcAlignment::path))
                .containsExactly(
                        new int[] {0, 1, 5, 1, 0}, new int[] {0, 1, 2, 3, 4}, new int[] {3, 5, 3, 5, 3}, new int[] {
                            0, 1, 1, 1, 2
                        });
        double sum = Math.log(.588392) + Math.log(.633813) + Math.log(.643849);
        AlignedSpan span = alignments.get(3).spans().get(1);
        assertThat(span).extracting("label", "symbol", "start", "end").containsExactly(1, 1, 1, 4);
        assertThat(span.score()).isCloseTo(sum / 3, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE})
    default void noAlignmentReadsPastTheInputLength(float garbage) {
        List<CtcAlignment> expected = align(draft().padding(0).build());
        List<CtcAlignment> actual = align(draft().padding(garbage).build());
        for (int b = 0; b < expected.size(); b++) {
            assertThat(Alignments.bits(actual.get(b))).isEqualTo(Alignments.bits(expected.get(b)));
        }
    }

    @Test
    default void anAlignmentIsTheSameAloneAndInABatch() {
        BatchDraft draft = draft();
        List<CtcAlignment> together = align(draft.build());
        for (int b = 0; b < together.size(); b++) {
            CtcAlignment alone = align(draft.alone(b).build()).getFirst();
            assertThat(Alignments.bits(alone)).isEqualTo(Alignments.bits(together.get(b)));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void whatHasNoPathSaysSo(Scores scores) {
        BatchDraft draft = BatchDraft.random(205, 6, 6, 4, 2)
                .target(0, 1, 1, 1, 1)
                .column(1, 2, Float.NEGATIVE_INFINITY)
                .target(1, 1, 2)
                .score(3, 2, 3, Float.NaN)
                .score(5, 3, 0, Float.POSITIVE_INFINITY)
                .frame(2, 4, Float.NEGATIVE_INFINITY)
                .inputLength(5, 0);
        List<CtcAlignment> alignments = Alignments.check(backend(), draft.build(), ALIGN.withScores(scores));
        assertThat(alignments.stream().map(CtcAlignment::status))
                .containsExactly(
                        CtcStatus.INFEASIBLE,
                        CtcStatus.INFEASIBLE,
                        CtcStatus.NON_FINITE,
                        CtcStatus.NON_FINITE,
                        scores == Scores.LOGITS ? CtcStatus.NON_FINITE : CtcStatus.INFEASIBLE,
                        CtcStatus.INFEASIBLE);
        assertThat(alignments).allMatch(alignment -> alignment.spans().isEmpty());
    }

    @Test
    default void anEmptyTargetIsBlankThroughout() {
        CtcBatch batch = BatchDraft.random(206, 5, 2, 3, 0).inputLength(1, 0).build();
        List<CtcAlignment> alignments = align(batch);
        assertThat(alignments.get(0).path()).containsOnly(0).hasSize(5);
        assertThat(alignments.get(1).status()).isEqualTo(CtcStatus.OK);
        assertThat(alignments.get(1).score()).isZero();
        assertThat(align(BatchDraft.zeros(3, 0, 2).build())).isEmpty();
        align(BatchDraft.random(207, 4, 2, 1, 0).build());
    }

    @Test
    default void maskedSymbolsAreWalkedAround() {
        BatchDraft draft = BatchDraft.random(208, 12, 3, 5, 3);
        for (int t = 0; t < 12; t += 2) {
            draft.score(t, 0, draft.targetOf(0)[1], Float.NEGATIVE_INFINITY).score(t, 1, 0, Float.NEGATIVE_INFINITY);
        }
        for (Scores scores : Scores.values()) {
            assertThat(Alignments.check(backend(), draft.build(), ALIGN.withScores(scores)))
                    .extracting(CtcAlignment::status)
                    .containsOnly(CtcStatus.OK);
        }
    }

    /** An offset that a whole frame has in common is no matter of paths. */
    @ParameterizedTest
    @ValueSource(floats = {0x1p20f, -0x1p20f})
    default void whatIsAddedToAFrameChangesNoPath(float offset) {
        BatchDraft plain = draft();
        BatchDraft moved = draft();
        for (int b = 0; b < 5; b++) {
            for (int t = 0; t < 24; t++) {
                for (int v = 0; v < 6; v++) {
                    float coarse = Math.round(8 * plain.score(t, b, v)) / 8f;
                    plain.score(t, b, v, coarse);
                    moved.score(t, b, v, t % 3 == 0 ? coarse + offset : coarse);
                }
            }
        }
        List<CtcAlignment> expected = align(plain.build());
        List<CtcAlignment> actual = align(moved.build());
        for (int b = 0; b < 5; b++) {
            assertThat(actual.get(b).states()).isEqualTo(expected.get(b).states());
        }
    }

    @Test
    default void noPathIsMoreProbableThanAllTogether() {
        CtcBatch batch = draft().build();
        CtcResult losses = compute(batch, LOGITS.withGradient(false));
        List<CtcAlignment> alignments = align(batch);
        for (int b = 0; b < batch.batchSize(); b++) {
            assertThat(alignments.get(b).score()).isLessThanOrEqualTo(-losses.loss(b) + 1e-6);
        }
    }

    @Test
    default void spansAreTheFramesOfTheLabelsInTheirOrder() {
        CtcBatch batch = draft().build();
        List<CtcAlignment> alignments = align(batch);
        for (int b = 0; b < batch.batchSize(); b++) {
            CtcAlignment alignment = alignments.get(b);
            List<AlignedSpan> spans = alignment.spans();
            assertThat(spans.stream().mapToInt(AlignedSpan::symbol)).containsExactly(boxed(batch.target(b)));
            int[] path = new int[alignment.frames()];
            Arrays.fill(path, batch.blank());
            for (AlignedSpan span : spans) {
                Arrays.fill(path, span.start(), span.end(), span.symbol());
            }
            assertThat(path).isEqualTo(alignment.path());
        }
    }

    private static Integer[] boxed(int[] values) {
        return IntStream.of(values).boxed().toArray(Integer[]::new);
    }

    @Test
    default void aClosedBackendAlignsNothing() {
        CtcBatch batch = BatchDraft.random(209, 4, 1, 3, 1).build();
        CtcBackend second = CtcBackends.open(backend().name());
        CtcAligner aligner = second.operation(CtcAligner.class).orElseThrow();
        aligner.align(batch, ALIGN);
        second.close();
        assertThatThrownBy(() -> aligner.align(batch, ALIGN)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void scoresOnADeviceAreNotAligned() {
        CtcBatch batch = CtcBatch.builder(3, 1, 4)
                .targets(new int[] {1})
                .scoresOnDevice()
                .build();
        assertThatThrownBy(() -> Alignments.of(backend(), batch, ALIGN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("on a device");
    }
}
