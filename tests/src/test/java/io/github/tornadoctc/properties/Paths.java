package io.github.tornadoctc.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcHypotheses;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcRescorer;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.reference.BruteForceCtc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the most probable path of a target, its posteriors and its loss have to do with each other. */
interface Paths extends Properties {

    private List<CtcAlignment> align(RandomCase any, Scores scores) {
        return backend()
                .operation(CtcAligner.class)
                .orElseThrow()
                .align(any.batch(), AlignmentOptions.defaults().withScores(scores));
    }

    @Test
    default void noPathIsMoreProbableThanItsTarget() {
        hold(sizes -> {
            RandomCase any = RandomCase.of(sizes);
            CtcOptions options = RandomCase.options(sizes);
            CtcResult result = compute(any, options.withGradient(false));
            List<CtcAlignment> alignments = align(any, options.scores());
            for (int b = 0; b < any.batchSize; b++) {
                CtcAlignment alignment = alignments.get(b);
                assertThat(alignment.status()).as("status of %d", b).isEqualTo(result.status(b));
                if (alignment.status() == CtcStatus.OK) {
                    // an alignment promises 1e-6 whatever the loss does
                    double room = (lossTolerance() + 1e-6) * Math.max(1, Math.abs(result.loss(b)));
                    assertThat(alignment.score())
                            .as("score of the path of %d", b)
                            .isLessThanOrEqualTo(-result.loss(b) + 2 * room);
                    assertThat(BruteForceCtc.collapse(alignment.path(), any.blank))
                            .isEqualTo(any.targets[b]);
                }
            }
        });
    }

    @Test
    default void renamingSymbolsRenamesThePath() {
        hold(sizes -> {
            RandomCase original = RandomCase.of(sizes);
            List<Integer> names =
                    new ArrayList<>(IntStream.range(0, original.symbols).boxed().toList());
            Collections.shuffle(names, new Random(sizes.seed()));
            int[] renaming = names.stream().mapToInt(i -> i).toArray();
            Scores scores = RandomCase.options(sizes).scores();
            List<CtcAlignment> before = align(original, scores);
            List<CtcAlignment> after = align(original.renamed(renaming), scores);
            for (int b = 0; b < original.batchSize; b++) {
                assertThat(after.get(b).states()).isEqualTo(before.get(b).states());
                assertThat(after.get(b).path())
                        .isEqualTo(IntStream.of(before.get(b).path())
                                .map(symbol -> renaming[symbol])
                                .toArray());
            }
        });
    }

    @Test
    default void aPathAloneIsThatInTheBatchToTheBit() {
        hold(sizes -> {
            RandomCase together = RandomCase.of(sizes);
            Scores scores = RandomCase.options(sizes).scores();
            List<CtcAlignment> expected = align(together, scores);
            for (int b = 0; b < together.batchSize; b++) {
                CtcAlignment alone = align(together.alone(b), scores).getFirst();
                assertThat(alone.states()).isEqualTo(expected.get(b).states());
                assertThat(alone.score())
                        .isEqualTo(Double.valueOf(expected.get(b).score()));
            }
        });
    }

    @Test
    default void theMostProbablePathGoesThroughStatesThatPosteriorsKnow() {
        hold(sizes -> {
            RandomCase any = RandomCase.of(sizes);
            Scores scores = RandomCase.options(sizes).scores();
            List<CtcAlignment> alignments = align(any, scores);
            var occupations =
                    backend().operation(CtcPosteriors.class).orElseThrow().posteriors(any.batch(), scores);
            CtcResult result = compute(any, RandomCase.options(sizes).withGradient(false));
            for (int b = 0; b < any.batchSize; b++) {
                CtcAlignment alignment = alignments.get(b);
                // every state of a path has at least the path's share of all paths
                double share = Math.exp(alignment.score() + result.loss(b));
                for (int t = 0; t < alignment.frames(); t++) {
                    assertThat(occupations.get(b).gamma(t, alignment.state(t)))
                            .as("posterior at frame %d of utterance %d", t, b)
                            .isGreaterThanOrEqualTo((float) (share - 4 * gradientTolerance()));
                }
            }
        });
    }

    @Test
    default void aHypothesisHasTheLossOfATarget() {
        hold(sizes -> {
            RandomCase any = RandomCase.of(sizes);
            CtcOptions options = RandomCase.options(sizes).withGradient(false);
            int[][][] targets = new int[any.batchSize][][];
            for (int b = 0; b < any.batchSize; b++) {
                targets[b] = new int[][] {any.targets[b], {}, any.targets[b]};
            }
            CtcResult result = compute(any, options);
            double[][] losses = backend()
                    .operation(CtcRescorer.class)
                    .orElseThrow()
                    .losses(CtcHypotheses.of(any.batch(), targets), options.scores());
            for (int b = 0; b < any.batchSize; b++) {
                assertThat(losses[b][0]).isEqualTo(Double.valueOf(result.loss(b)));
                assertThat(losses[b][2]).isEqualTo(Double.valueOf(result.loss(b)));
                assertThat(losses[b][1]).isCloseTo(blankThroughout(any, b, options.scores()), within(1e-4));
            }
        });
    }

    /** The loss of the target without labels, which has one path. */
    private static double blankThroughout(RandomCase any, int b, Scores scores) {
        double loss = 0;
        for (int t = 0; t < any.inputLengths[b]; t++) {
            double sum = 0;
            for (int v = 0; v < any.symbols; v++) {
                sum += Math.exp(any.scores[any.row(t, b) + v]);
            }
            loss += (scores == Scores.LOGITS ? Math.log(sum) : 0) - any.scores[any.row(t, b) + any.blank];
        }
        return loss;
    }
}
