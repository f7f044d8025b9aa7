package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcHypotheses;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcRescorer;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hypothesis has the loss that it would have as the utterance's target, to the bit. */
interface RescoringRules extends BackendUnderTest {

    private CtcRescorer rescorer() {
        return backend().operation(CtcRescorer.class).orElseThrow();
    }

    private double[][] check(CtcBatch batch, Scores scores, int[][][] targets) {
        double[][] losses = rescorer().losses(CtcHypotheses.of(batch, targets), scores);
        int most = Arrays.stream(targets).mapToInt(each -> each.length).max().orElse(0);
        for (int n = 0; n < most; n++) {
            int hypothesis = n;
            int[][] these = Arrays.stream(targets)
                    .map(each -> hypothesis < each.length ? each[hypothesis] : new int[0])
                    .toArray(int[][]::new);
            CtcOptions options = LOGITS.withScores(scores).withGradient(false);
            CtcBatch single = batch.withTargets(these);
            CtcResult result = compute(single, options);
            check(single, options, result);
            for (int b = 0; b < batch.batchSize(); b++) {
                if (n < targets[b].length) {
                    assertThat(losses[b][n])
                            .as("hypothesis %d of utterance %d", n, b)
                            .isEqualTo(Double.valueOf(result.loss(b)));
                }
            }
        }
        return losses;
    }

    /** The utterance's own target, with labels changed, left out, and put in; a different number for each utterance. */
    private static int[][][] edited(long seed, CtcBatch batch, int most) {
        Random random = new Random(seed);
        int[][][] targets = new int[batch.batchSize()][][];
        for (int b = 0; b < targets.length; b++) {
            int[] own = batch.target(b);
            targets[b] = new int[most - b % 3][];
            Arrays.setAll(targets[b], n -> Arrays.copyOf(own, Math.max(own.length - n % 4, 0)));
            for (int n = 1; n < targets[b].length; n++) {
                for (int u = random.nextInt(4); u < targets[b][n].length; u += 4) {
                    targets[b][n][u] = 1 + random.nextInt(batch.symbols() - 1);
                }
            }
        }
        return targets;
    }

    @ParameterizedTest
    @EnumSource
    default void hypothesesHaveTheLossesOfTargetsInEitherLayout(Layout layout) {
        CtcBatch batch =
                BatchDraft.random(501, 30, 5, 7, 8).ragged().layout(layout).build();
        for (Scores scores : Scores.values()) {
            check(batch, scores, edited(1, batch, 6));
        }
    }

    @Test
    default void hypothesesOfALargeVocabulary() {
        CtcBatch batch = BatchDraft.random(502, 25, 4, 300, 9).ragged().build();
        check(batch, Scores.LOGITS, edited(2, batch, 9));
    }

    @Test
    default void hypothesesOfLongAndOfPeakedUtterances() {
        CtcBatch longer = BatchDraft.random(503, size(700, 60), 3, 90, size(90, 20))
                .ragged()
                .build();
        check(longer, Scores.LOGITS, edited(3, longer, 5));
        CtcBatch peaked = BatchDraft.random(504, 60, 3, 100, 20)
                .scaled(size(60, 12))
                .ragged()
                .build();
        check(peaked, Scores.LOGITS, edited(4, peaked, 5));
    }

    @Test
    default void anUtteranceMayHaveAnyNumberOfHypotheses() {
        CtcBatch batch = BatchDraft.random(505, 12, 4, 5, 3).build();
        int[][][] targets = {{}, {{1, 2}, {2, 1}, {}, {1, 2}}, {}, {{3}}};
        double[][] losses = rescorer().losses(CtcHypotheses.of(batch, targets), Scores.LOGITS);
        assertThat(losses[0]).isEmpty();
        assertThat(losses[1]).hasSize(4);
        assertThat(losses[1][3]).isEqualTo(losses[1][0]);
        assertThat(losses[2]).isEmpty();
        assertThat(losses[3]).hasSize(1);
        int[][][] none = {{}, {}, {}, {}};
        assertThat(rescorer().losses(CtcHypotheses.of(batch, none), Scores.LOGITS))
                .hasDimensions(4, 0);
        assertThat(rescorer()
                        .losses(CtcHypotheses.of(BatchDraft.zeros(3, 0, 4).build(), new int[0][][]), Scores.LOGITS))
                .isEmpty();
    }

    @Test
    default void hypothesesWithoutAPath() {
        CtcBatch batch = BatchDraft.random(506, 5, 3, 4, 2)
                .score(3, 1, 3, Float.NaN)
                .inputLength(2, 0)
                .build();
        int[][] targets = {{1}, {1, 1, 1, 1}, {}};
        double[][] losses = check(batch, Scores.LOGITS, new int[][][] {targets, targets, targets});
        assertThat(losses[0][0]).isFinite();
        assertThat(losses[0][1]).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(losses[1]).containsOnly(Double.NaN);
        assertThat(losses[2]).containsExactly(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
    }

    @Test
    default void badHypothesesAreNamed() {
        CtcBatch batch = BatchDraft.random(507, 5, 2, 4, 2).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcHypotheses.of(batch, new int[][][] {{{1}}}))
                .withMessage("hypotheses has 1 utterances for a batch of 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcHypotheses.of(batch, new int[][][] {{{1}}, {{1}, {2, 4}}}))
                .withMessage("hypotheses[1][1][1] = 4 is not a symbol: symbols are 0 to 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcHypotheses.of(batch, new int[][][] {{{0}}, {}}))
                .withMessage("hypotheses[0][0][0] = 0 is the blank");
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> CtcHypotheses.of(batch, new int[2][1][]))
                .withMessage("hypotheses[0][0] is null; a target without labels is an empty array");
        CtcBatch elsewhere = CtcBatch.builder(3, 1, 4)
                .targets(new int[] {1})
                .scoresOnDevice()
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcHypotheses.of(elsewhere, new int[1][0][]))
                .withMessageContaining("on a device");
    }
}
