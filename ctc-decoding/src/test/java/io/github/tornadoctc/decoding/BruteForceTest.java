package io.github.tornadoctc.decoding;

import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.reference.BruteForceCtc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a beam of all prefixes, the search gives every labelling and its probability as an enumeration of paths does. */
class BruteForceTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 2, 0, 1",
        "2, 3, 2, 0, 1",
        "3, 6, 2, 1, 1",
        "4, 5, 3, 0, 1",
        "5, 5, 3, 1, 6",
        "6, 4, 4, 3, 1",
        "7, 3, 5, 2, 20",
        "8, 0, 3, 0, 1",
        "9, 7, 3, 0, 40"
    })
    void everyLabellingHasTheSumOfItsPaths(long seed, int timeSteps, int symbols, int blank, double deviation) {
        CtcBatch batch = RandomBatch.of(seed, timeSteps, 1, symbols, blank, deviation);
        List<Map.Entry<List<Integer>, Double>> expected = enumerated(batch, Scorer.none());
        assertAgrees(decode(batch, expected.size(), Scorer.none()), expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 3, 0", "2, 5, 3, 1", "3, 4, 4, 3"})
    void aScorerChangesTheOrderAndNotTheAcousticScore(long seed, int timeSteps, int symbols, int blank) {
        CtcBatch batch = RandomBatch.of(seed, timeSteps, 1, symbols, blank, 1);
        Scorer scorer = new LikesLength();
        List<Map.Entry<List<Integer>, Double>> expected = enumerated(batch, scorer);
        assertThat(expected).isNotEqualTo(enumerated(batch, Scorer.none()));
        assertAgrees(decode(batch, expected.size(), scorer), expected);
    }

    private static Decoding decode(CtcBatch batch, int prefixes, Scorer scorer) {
        return new BeamSearchDecoder(BeamSearchOptions.defaults()
                        .withBeamWidth(prefixes)
                        .withNBest(prefixes)
                        .withTokenThreshold(POSITIVE_INFINITY)
                        .withScorer(scorer))
                .decode(batch)
                .get(0);
    }

    /** Labellings with ln of the sum of their paths' probabilities, in the order of that and the scorer's together. */
    private static List<Map.Entry<List<Integer>, Double>> enumerated(CtcBatch batch, Scorer scorer) {
        Map<List<Integer>, Double> sums = new HashMap<>();
        BruteForceCtc.forEachPath(
                batch,
                0,
                CtcOptions.defaults(),
                (path, p) -> sums.merge(
                        Arrays.stream(BruteForceCtc.collapse(path, batch.blank()))
                                .boxed()
                                .toList(),
                        p,
                        Double::sum));
        List<Map.Entry<List<Integer>, Double>> entries = new ArrayList<>();
        sums.forEach((labels, sum) -> entries.add(Map.entry(labels, Math.log(sum))));
        entries.sort(Comparator.comparingDouble(entry -> -entry.getValue() - endScore(scorer, entry.getKey())));
        return entries;
    }

    private static double endScore(Scorer scorer, List<Integer> labels) {
        Scorer.State state = scorer.start();
        for (int label : labels) {
            state = state.append(label);
        }
        return state.endScore();
    }

    private static void assertAgrees(Decoding decoding, List<Map.Entry<List<Integer>, Double>> expected) {
        assertThat(decoding.hypotheses()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Hypothesis hypothesis = decoding.hypotheses().get(i);
            assertThat(Arrays.stream(hypothesis.labels()).boxed().toList())
                    .isEqualTo(expected.get(i).getKey());
            assertThat(hypothesis.acousticScore()).isCloseTo(expected.get(i).getValue(), within(1e-9));
        }
    }

    /** Half a nat for every label so far, more for symbol 1, and one more at the end. */
    private static final class LikesLength implements Scorer {
        @Override
        public State start() {
            return new Counted(0);
        }

        private record Counted(double score) implements State {
            @Override
            public State append(int symbol) {
                return new Counted(score + (symbol == 1 ? 0.75 : 0.5));
            }

            @Override
            public double endScore() {
                return score + 1;
            }
        }
    }
}
