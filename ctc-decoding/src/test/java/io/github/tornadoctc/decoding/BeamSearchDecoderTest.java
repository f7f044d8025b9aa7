package io.github.tornadoctc.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeamSearchDecoderTest {
    private static final float MASKED = Float.NEGATIVE_INFINITY;
    private static final BeamSearchOptions LOG_PROBS =
            BeamSearchOptions.defaults().withScores(Scores.LOG_PROBS);

    @Test
    void manyPathsMayOutweighTheBestOne() {
        // the best path is two blanks, of 0.36; "1" has 0.24 + 0.24 + 0.16
        CtcBatch batch = batch(2, ln(0.6, 0.4), ln(0.6, 0.4));
        assertThat(GreedyDecoder.decode(batch, 0, Scores.LOG_PROBS).labels()).isEmpty();
        Hypothesis best = new BeamSearchDecoder(LOG_PROBS).decode(batch).get(0).best();
        assertThat(best.labels()).containsExactly(1);
        assertThat(best.score()).isCloseTo(Math.log(0.64), within(1e-7));
        assertThat(best.scorerScore()).isZero();
    }

    @Test
    void equallyGoodLabellingsAreInTheOrderOfADictionary() {
        CtcBatch batch = batch(3, new float[] {MASKED, 0, 0}, new float[] {MASKED, 0, 0});
        List<Hypothesis> hypotheses = new BeamSearchDecoder(
                        BeamSearchOptions.defaults().withNBest(9))
                .decode(batch)
                .get(0)
                .hypotheses();
        assertThat(hypotheses)
                .extracting(hypothesis -> hypothesis.labels())
                .containsExactly(new int[] {1}, new int[] {1, 2}, new int[] {2}, new int[] {2, 1});
        // also those that a narrow beam has to choose between
        assertThat(new BeamSearchDecoder(BeamSearchOptions.defaults().withBeamWidth(1))
                        .decode(batch)
                        .get(0)
                        .best()
                        .labels())
                .containsExactly(1);
    }

    @Test
    void aRepeatNeedsABlankBetween() {
        CtcBatch batch = batch(2, new float[] {-9, 0}, new float[] {0, -9}, new float[] {-9, 0});
        assertThat(new BeamSearchDecoder(BeamSearchOptions.defaults())
                        .decode(batch)
                        .get(0)
                        .best()
                        .labels())
                .containsExactly(1, 1);
    }

    @Test
    void symbolsBelowTheThresholdAreNotTried() {
        CtcBatch batch = batch(3, new float[] {0, -2, -5});
        assertThat(hypotheses(batch, 3)).containsExactly(new int[] {}, new int[] {1});
        assertThat(hypotheses(batch, 0)).containsExactly(new int[] {});
        assertThat(hypotheses(batch, 5)).hasSize(3);
    }

    private static List<int[]> hypotheses(CtcBatch batch, double threshold) {
        return new BeamSearchDecoder(BeamSearchOptions.defaults()
                        .withTokenThreshold(threshold)
                        .withNBest(9))
                .decode(batch).get(0).hypotheses().stream()
                        .map(Hypothesis::labels)
                        .toList();
    }

    @Test
    void masksAreNeverPassed() {
        CtcBatch batch = batch(3, new float[] {MASKED, 0, MASKED}, new float[] {MASKED, MASKED, 0});
        Decoding decoding = new BeamSearchDecoder(LOG_PROBS.withNBest(9)).decode(batch, 0);
        assertThat(decoding.hypotheses()).hasSize(1);
        assertThat(decoding.best().labels()).containsExactly(1, 2);
        assertThat(decoding.best().score()).isZero();
    }

    @Test
    void anImpossibleFrameIsInfeasible() {
        CtcBatch batch = batch(2, ln(0.5, 0.5), new float[] {MASKED, MASKED}, ln(0.5, 0.5));
        Decoding decoding = new BeamSearchDecoder(LOG_PROBS).decode(batch, 0);
        assertThat(decoding.status()).isEqualTo(CtcStatus.INFEASIBLE);
        assertThat(decoding.hypotheses()).isEmpty();
        assertThatThrownBy(decoding::best).hasMessageContaining("INFEASIBLE");
        BestPath path = GreedyDecoder.decode(batch, 0, Scores.LOG_PROBS);
        assertThat(path.status()).isEqualTo(CtcStatus.INFEASIBLE);
        assertThat(path.score()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void whatIsNotFiniteIsOfThatUtteranceAlone() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            CtcBatch batch = CtcBatch.builder(2, 2, 2)
                    .layout(Layout.BATCH_MAJOR)
                    .scores(0, 3, bad, 0, 3, 0, 0, 3)
                    .inputLengths(2, 2)
                    .targets(new int[2][0])
                    .build();
            List<Decoding> decodings = new BeamSearchDecoder(BeamSearchOptions.defaults()).decode(batch);
            assertThat(decodings.get(0)).isEqualTo(new Decoding(CtcStatus.NON_FINITE, List.of()));
            assertThat(decodings.get(1).best().labels()).containsExactly(1);
            assertThat(GreedyDecoder.decode(batch, Scores.LOGITS))
                    .extracting(BestPath::status)
                    .containsExactly(CtcStatus.NON_FINITE, CtcStatus.OK);
        }
    }

    @Test
    void framesPastTheUtteranceAreNotRead() {
        CtcBatch batch = CtcBatch.builder(2, 1, 2)
                .scores(0, 3, Float.NaN, 0)
                .inputLengths(1)
                .targets(new int[1][0])
                .build();
        assertThat(new BeamSearchDecoder(BeamSearchOptions.defaults())
                        .decode(batch, 0)
                        .status())
                .isEqualTo(CtcStatus.OK);
        assertThat(GreedyDecoder.decode(batch, 0, Scores.LOGITS).status()).isEqualTo(CtcStatus.OK);
    }

    @Test
    void noFramesAreTheEmptyLabelling() {
        CtcBatch batch = batch(2);
        Decoding decoding = new BeamSearchDecoder(BeamSearchOptions.defaults()).decode(batch, 0);
        assertThat(decoding.best().labels()).isEmpty();
        assertThat(decoding.best().score()).isZero();
        assertThat(GreedyDecoder.decode(batch, 0, Scores.LOGITS)).isEqualTo(new BestPath(CtcStatus.OK, List.of(), 0));
    }

    @Test
    void aScorerThatForbidsAllIsInfeasibleAndOneThatGivesNoNumberIsAnError() {
        CtcBatch batch = batch(2, ln(0.5, 0.5));
        Decoding decoding =
                new BeamSearchDecoder(LOG_PROBS.withScorer(constant(Double.NEGATIVE_INFINITY))).decode(batch, 0);
        assertThat(decoding.status()).isEqualTo(CtcStatus.INFEASIBLE);
        assertThatThrownBy(() -> new BeamSearchDecoder(LOG_PROBS.withScorer(constant(Double.NaN))).decode(batch, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the score of labels [] is NaN");
    }

    @Test
    void numbersOutOfRange() {
        BeamSearchOptions options = BeamSearchOptions.defaults();
        assertThatThrownBy(() -> options.withBeamWidth(0)).hasMessage("beamWidth = 0 is less than 1");
        assertThatThrownBy(() -> options.withNBest(0)).hasMessage("nBest = 0 is less than 1");
        assertThatThrownBy(() -> options.withMaxThreads(0)).hasMessage("maxThreads = 0 is less than 1");
        assertThatThrownBy(() -> options.withTokenThreshold(Double.NaN))
                .hasMessage("tokenThreshold = NaN is not 0 or more");
        assertThatThrownBy(() -> new StreamingDecoder(2, 2, options)).hasMessage("blank = 2 is none of the 2 symbols");
        assertThatThrownBy(() -> new StreamingDecoder(2, 0, options).accept(1, 2, 3))
                .hasMessage("scores has 3 values, no multiple of the 2 symbols");
    }

    private static Scorer constant(double score) {
        return () -> new Scorer.State() {
            @Override
            public Scorer.State append(int symbol) {
                return this;
            }

            @Override
            public double score() {
                return score;
            }

            @Override
            public double endScore() {
                return score;
            }
        };
    }

    private static float[] ln(double... probabilities) {
        float[] logarithms = new float[probabilities.length];
        for (int v = 0; v < logarithms.length; v++) {
            logarithms[v] = (float) Math.log(probabilities[v]);
        }
        return logarithms;
    }

    private static CtcBatch batch(int symbols, float[]... frames) {
        float[] scores = new float[frames.length * symbols];
        for (int t = 0; t < frames.length; t++) {
            System.arraycopy(frames[t], 0, scores, t * symbols, symbols);
        }
        return CtcBatch.builder(frames.length, 1, symbols)
                .scores(scores)
                .inputLengths(frames.length)
                .targets(new int[1][0])
                .build();
    }
}
