package io.github.tornadoctc.decoding;

import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RescoringTest {
    private final ReferenceCtc backend = new ReferenceCtc();

    @AfterEach
    void close() {
        backend.close();
    }

    private static List<Decoding> decode(CtcBatch batch) {
        return new BeamSearchDecoder(BeamSearchOptions.defaults()
                        .withBeamWidth(4)
                        .withNBest(4)
                        .withTokenThreshold(POSITIVE_INFINITY))
                .decode(batch);
    }

    @Test
    void hypothesesHaveTheProbabilityOfAllTheirPaths() {
        CtcBatch batch = RandomBatch.of(1, 12, 5, 4, 0, 1);
        List<Decoding> decodings = decode(batch);
        List<Decoding> rescored = Rescoring.of(backend, batch, decodings, Scores.LOGITS);
        boolean lacked = false;
        for (int b = 0; b < batch.batchSize(); b++) {
            double before = POSITIVE_INFINITY;
            for (Hypothesis hypothesis : rescored.get(b).hypotheses()) {
                int[][] targets = new int[batch.batchSize()][0];
                targets[b] = hypothesis.labels();
                double loss = backend.compute(batch.withTargets(targets), CtcOptions.defaults())
                        .loss(b);
                assertThat(hypothesis.acousticScore()).isCloseTo(-loss, within(1e-12));
                assertThat(hypothesis.score()).isLessThanOrEqualTo(before);
                before = hypothesis.score();
                double kept = decodings.get(b).hypotheses().stream()
                        .filter(each -> Arrays.equals(each.labels(), hypothesis.labels()))
                        .findFirst()
                        .orElseThrow()
                        .acousticScore();
                assertThat(kept).isLessThanOrEqualTo(hypothesis.acousticScore() + 1e-9);
                lacked |= kept < hypothesis.acousticScore() - 1e-3;
            }
        }
        assertThat(lacked).as("whether the beam had lost paths of a hypothesis").isTrue();
    }

    @Test
    void anUtteranceWithoutHypothesesStaysSo() {
        CtcBatch batch = CtcBatch.builder(1, 2, 2)
                .scores(Float.NaN, 0, 1, 2)
                .targets(new int[2][0])
                .build();
        List<Decoding> rescored = Rescoring.of(backend, batch, decode(batch), Scores.LOGITS);
        assertThat(rescored.get(0)).isEqualTo(new Decoding(CtcStatus.NON_FINITE, List.of()));
        assertThat(rescored.get(1).hypotheses()).hasSize(2);
    }

    @Test
    void decodingsOfAnotherBatchAreRefused() {
        CtcBatch batch = RandomBatch.of(1, 3, 2, 3, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rescoring.of(backend, batch, List.of(), Scores.LOGITS))
                .withMessage("decodings has 0 elements for a batch of 2");
    }
}
