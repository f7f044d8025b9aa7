package io.github.tornadoctc.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.reference.BruteForceCtc;
import org.junit.jupiter.api.Test;

class GreedyDecoderTest {
    @Test
    void repeatsAreMergedAndBlanksSeparateThem() {
        // symbols 1 1 0 1 2 2: "1", "1", "2"
        BestPath path = GreedyDecoder.decode(path(-2, -1, 1, 1, 0, 1, 2, 2), 0, Scores.LOG_PROBS);
        assertThat(path.labels()).containsExactly(1, 1, 2);
        assertThat(path.spans()).extracting(Span::start).containsExactly(0, 3, 4);
        assertThat(path.spans()).extracting(Span::end).containsExactly(2, 4, 6);
    }

    @Test
    void aSpanHasTheMeanLogarithmAndTheLargestProbabilityOfItsFrames() {
        CtcBatch batch = CtcBatch.builder(3, 1, 2)
                .scores(-3, -0.5f, -3, -0.25f, -0.125f, -3)
                .inputLengths(3)
                .targets(new int[1][0])
                .build();
        BestPath path = GreedyDecoder.decode(batch, 0, Scores.LOG_PROBS);
        assertThat(path.score()).isEqualTo(-0.875);
        assertThat(path.spans()).containsExactly(new Span(1, 0, 2, -0.375, Math.exp(-0.25)));
    }

    @Test
    void ofEquallyLikelySymbolsTheFirstIsTaken() {
        CtcBatch batch = CtcBatch.builder(1, 1, 3)
                .blank(2)
                .scores(0, 0, 0)
                .inputLengths(1)
                .targets(new int[1][0])
                .build();
        BestPath path = GreedyDecoder.decode(batch, 0, Scores.LOGITS);
        assertThat(path.labels()).containsExactly(0);
        assertThat(path.score()).isCloseTo(-Math.log(3), within(1e-15));
    }

    @Test
    void isTheLikeliestOfAllPaths() {
        CtcBatch batch = RandomBatch.of(6, 5, 1, 4, 1, 2);
        double[] largest = new double[1];
        int[][] labels = new int[1][];
        BruteForceCtc.forEachPath(batch, 0, CtcOptions.defaults(), (path, p) -> {
            if (p > largest[0]) {
                largest[0] = p;
                labels[0] = BruteForceCtc.collapse(path, batch.blank());
            }
        });
        BestPath path = GreedyDecoder.decode(batch, 0, Scores.LOGITS);
        assertThat(path.labels()).isEqualTo(labels[0]);
        assertThat(path.score()).isCloseTo(Math.log(largest[0]), within(1e-12));
    }

    /** Frames in which one symbol of three is likely. */
    private static CtcBatch path(float unlikely, float likely, int... symbols) {
        float[] scores = new float[symbols.length * 3];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i % 3 == symbols[i / 3] ? likely : unlikely;
        }
        return CtcBatch.builder(symbols.length, 1, 3)
                .scores(scores)
                .inputLengths(symbols.length)
                .targets(new int[1][0])
                .build();
    }
}
