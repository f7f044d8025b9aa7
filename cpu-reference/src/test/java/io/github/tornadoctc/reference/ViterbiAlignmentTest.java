package io.github.tornadoctc.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.Wildcards;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ViterbiAlignmentTest {
    private static final AlignmentOptions LOGITS = AlignmentOptions.defaults();
    private static final AlignmentOptions LOG_PROBS = LOGITS.withScores(Scores.LOG_PROBS);
    private static final float[] GRID_VALUES = {0, -1, -2};

    /** The probabilities that TensorFlow's and warp-ctc's tests share; torchaudio aligns them too. Blank 5. */
    private static final double[][] PUBLISHED = {
        {.633766, .221185, .0917319, .0129757, .0142857, .0260553},
        {.111121, .588392, .278779, .0055756, .00569609, .010436},
        {.0357786, .633813, .321418, .00249248, .00272882, .0037688},
        {.0663296, .643849, .280111, .00283995, .0035545, .00331533},
        {.458235, .396634, .123377, .00648837, .00903441, .00623107}
    };

    static List<List<int[]>> torchaudioCases() {
        return List.of(
                List.of(new int[] {0, 1, 1, 0}, new int[] {0, 1, 5, 1, 0}),
                List.of(new int[] {0, 1, 2, 3, 4}, new int[] {0, 1, 2, 3, 4}),
                List.of(new int[] {3, 3, 3}, new int[] {3, 5, 3, 5, 3}),
                List.of(new int[] {0, 1, 2}, new int[] {0, 1, 1, 1, 2}));
    }

    @ParameterizedTest
    @MethodSource("torchaudioCases")
    void casesOfTorchaudio(List<int[]> targetAndPath) {
        float[] scores = new float[30];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.log(PUBLISHED[i / 6][i % 6]);
        }
        CtcBatch batch = CtcBatch.builder(5, 1, 6)
                .blank(5)
                .scores(scores)
                .targets(targetAndPath.get(0))
                .build();
        CtcAlignment alignment = ViterbiAlignment.of(batch, 0, LOG_PROBS);
        int[] path = targetAndPath.get(1);
        assertThat(alignment.path()).isEqualTo(path);
        double expected = 0;
        for (int t = 0; t < path.length; t++) {
            expected += Math.log(PUBLISHED[t][path[t]]);
        }
        assertThat(alignment.score()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void equallyGoodPredecessorsDoNotHideABetterPath() {
        CtcBatch batch = grid(new float[] {0, 0, 0, 0, 0, -1, 0, 0, 0}, 1, 2);
        CtcAlignment alignment = ViterbiAlignment.of(batch, 0, LOG_PROBS);
        assertThat(alignment.score()).isZero();
        assertThat(alignment.path()).isNotEqualTo(new int[] {1, 2, 2});
        assertThat(alignment.states()).containsExactly(1, 2, 3);
    }

    @Test
    void ofEquallyGoodPathsTheOneThatStaysAndEndsInTheBlank() {
        CtcAlignment alignment = ViterbiAlignment.of(grid(new float[9], 1), 0, LOG_PROBS);
        assertThat(alignment.states()).containsExactly(1, 2, 2);
    }

    /** All 3^9 = 19683 grids, full of ties. */
    @Test
    void noGridOfThreeValuesHasABetterPathThanTheAlignment() {
        float[] scores = new float[9];
        for (int grid = 0; grid < 19683; grid++) {
            for (int i = 0, digits = grid; i < 9; i++, digits /= 3) {
                scores[i] = GRID_VALUES[digits % 3];
            }
            assertIsABestPath(grid(scores, 1, 2), LOG_PROBS);
            assertIsABestPath(grid(scores, 1), LOG_PROBS);
        }
    }

    @Test
    void noPathOfARandomCaseIsBetterThanTheAlignment() {
        Random random = new Random(1);
        for (int trial = 0; trial < 300; trial++) {
            float[] scores = new float[5 * 3];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextInt(5) == 0 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian();
            }
            int blank = random.nextInt(3);
            int[] target = random.ints(random.nextInt(4), 0, 3)
                    .filter(label -> label != blank)
                    .toArray();
            CtcBatch batch = CtcBatch.builder(5, 1, 3)
                    .blank(blank)
                    .scores(scores)
                    .targets(target)
                    .build();
            assertIsABestPath(batch, LOG_PROBS);
            assertIsABestPath(batch, LOGITS);
        }
    }

    @ParameterizedTest
    @EnumSource(Scores.class)
    void noWayThroughWildcardsIsBetterThanTheAlignment(Scores scores) {
        Random random = new Random(2);
        List<Wildcards> places = List.of(
                Wildcards.atEnds(),
                Wildcards.at(new int[] {0}),
                Wildcards.at(new int[] {1}).costing(Wildcards.Cost.belowBest(0)),
                Wildcards.at(new int[] {0, 2}).costing(Wildcards.Cost.constant(-1.3)));
        int better = 0;
        for (int trial = 0; trial < 200; trial++) {
            float[] values = new float[5 * 3];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(6) == 0 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian();
            }
            CtcBatch batch = CtcBatch.builder(5, 1, 3)
                    .scores(values)
                    .targets(new int[] {1 + random.nextInt(2), 1 + random.nextInt(2)})
                    .build();
            AlignmentOptions without = LOGITS.withScores(scores);
            for (Wildcards wildcards : places) {
                AlignmentOptions options = without.withWildcards(wildcards);
                double best = best(batch, options, 0, -1);
                double score = ViterbiAlignment.of(batch, 0, options).score();
                if (best == Double.NEGATIVE_INFINITY || Double.isNaN(score)) {
                    assertThat(score).isNotFinite();
                } else {
                    assertThat(score).isCloseTo(best, within(1e-12));
                    better += score > ViterbiAlignment.of(batch, 0, without).score() ? 1 : 0;
                }
            }
        }
        assertThat(better).isGreaterThan(200);
    }

    /** The best that frames from t on have for whoever is in state s before them, or in none yet. */
    private static double best(CtcBatch batch, AlignmentOptions options, int t, int s) {
        int[] extended = ForwardBackward.extend(batch.target(0), batch.blank());
        if (t == batch.timeSteps()) {
            return s >= extended.length - 2 ? 0 : Double.NEGATIVE_INFINITY;
        }
        double[] row = LogProbabilities.of(batch, 0, options.scores())[t];
        double best = Double.NEGATIVE_INFINITY;
        for (int next = Math.max(s, 0); next <= Math.min(s + 2, extended.length - 1); next++) {
            boolean skips = next == s + 2;
            if (!skips || (next % 2 == 1 && (s < 0 || extended[next] != extended[s]))) {
                double emission = row[extended[next]];
                if (next % 2 == 0 && options.wildcards().standsAt(batch, 0, next / 2)) {
                    Wildcards.Cost cost = options.wildcards().cost();
                    double largest = Arrays.stream(row).max().orElseThrow();
                    emission = Math.max(emission, cost.constant() ? cost.nats() : largest - cost.nats());
                }
                best = Math.max(best, emission + best(batch, options, t + 1, next));
            }
        }
        return best;
    }

    @Test
    void anEmptyTargetIsBlankThroughout() {
        CtcAlignment alignment = ViterbiAlignment.of(grid(new float[9]), 0, LOGITS);
        assertThat(alignment.states()).containsExactly(0, 0, 0);
        assertThat(alignment.score()).isCloseTo(-3 * Math.log(3), within(1e-12));
    }

    @Test
    void noFramesFitOnlyAnEmptyTarget() {
        CtcBatch batch =
                CtcBatch.builder(0, 2, 3).targets(new int[0], new int[] {1}).build();
        CtcAlignment empty = ViterbiAlignment.of(batch, 0, LOGITS);
        assertThat(empty.status()).isEqualTo(CtcStatus.OK);
        assertThat(empty.score()).isZero();
        CtcAlignment label = ViterbiAlignment.of(batch, 1, LOGITS);
        assertThat(label.status()).isEqualTo(CtcStatus.INFEASIBLE);
        assertThat(label.score()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void tooFewFramesAreInfeasible() {
        CtcAlignment alignment = ViterbiAlignment.of(grid(new float[9], 1, 1, 1), 0, LOGITS);
        assertThat(alignment.status()).isEqualTo(CtcStatus.INFEASIBLE);
        assertThat(alignment.states()).isEmpty();
    }

    @Test
    void scoresThatAreNoNumbersGiveNoPath() {
        float[] scores = new float[9];
        scores[4] = Float.NaN;
        CtcAlignment alignment = ViterbiAlignment.of(grid(scores, 1), 0, LOGITS);
        assertThat(alignment.status()).isEqualTo(CtcStatus.NON_FINITE);
        assertThat(alignment.score()).isNaN();
        assertThat(alignment.path()).isEmpty();
    }

    /** Against every path there is. Log-probabilities are added up alike, so of these the score is equal to the bit. */
    private static void assertIsABestPath(CtcBatch batch, AlignmentOptions options) {
        CtcAlignment alignment = ViterbiAlignment.of(batch, 0, options);
        int[] target = batch.target(0);
        double[] best = {Double.NEGATIVE_INFINITY};
        double[][] logY = LogProbabilities.of(batch, 0, options.scores());
        CtcOptions all = CtcOptions.defaults().withScores(options.scores());
        boolean defined = LogProbabilities.areDefined(logY);
        BruteForceCtc.forEachPath(batch, 0, all, (path, probability) -> {
            if (Arrays.equals(BruteForceCtc.collapse(path, batch.blank()), target)) {
                best[0] = Math.max(best[0], score(logY, path));
            }
        });
        if (!defined) {
            assertThat(alignment.status()).isEqualTo(CtcStatus.NON_FINITE);
        } else if (best[0] == Double.NEGATIVE_INFINITY) {
            assertThat(alignment.status()).isEqualTo(CtcStatus.INFEASIBLE);
        } else {
            int[] path = alignment.path();
            double rounding = options.scores() == Scores.LOGITS ? 1e-13 : 0;
            assertThat(alignment.score()).isCloseTo(best[0], within(rounding));
            assertThat(score(logY, path)).isCloseTo(best[0], within(rounding));
            assertThat(BruteForceCtc.collapse(path, batch.blank())).isEqualTo(target);
        }
    }

    private static double score(double[][] logY, int[] path) {
        double score = 0;
        for (int t = 0; t < path.length; t++) {
            score += logY[t][path[t]];
        }
        return score;
    }

    /** Three frames of three symbols, blank 0. */
    private static CtcBatch grid(float[] scores, int... target) {
        return CtcBatch.builder(3, 1, 3).scores(scores).targets(target).build();
    }
}
