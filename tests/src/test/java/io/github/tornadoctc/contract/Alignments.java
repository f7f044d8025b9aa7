package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.util.List;
import java.util.stream.IntStream;

/** What a backend aligned, beside the reference's alignment. */
final class Alignments {
    /** Of a log-probability, relative to its size or to 1. */
    private static final double TOLERANCE = 1e-6;

    private Alignments() {}

    static List<CtcAlignment> of(CtcBackend backend, CtcBatch batch, AlignmentOptions options) {
        return backend.operation(CtcAligner.class).orElseThrow().align(batch, options);
    }

    /** Aligns, and holds status, path and log-probabilities to the reference. */
    static List<CtcAlignment> check(CtcBackend backend, CtcBatch batch, AlignmentOptions options) {
        List<CtcAlignment> actual = of(backend, batch, options);
        try (CtcBackend reference = new ReferenceCtc()) {
            List<CtcAlignment> expected = of(reference, batch, options);
            assertThat(actual).hasSameSizeAs(expected);
            for (int b = 0; b < expected.size(); b++) {
                assertAlike(b, actual.get(b), expected.get(b));
            }
        }
        return actual;
    }

    private static void assertAlike(int b, CtcAlignment actual, CtcAlignment expected) {
        assertThat(actual.status()).as("status of utterance %d", b).isEqualTo(expected.status());
        assertThat(actual.states()).as("states of utterance %d", b).isEqualTo(expected.states());
        assertThat(actual.path()).as("path of utterance %d", b).isEqualTo(expected.path());
        for (int t = 0; t < expected.frames(); t++) {
            double wanted = expected.logProbability(t);
            assertThat(actual.logProbability(t))
                    .as("log-probability of utterance %d at frame %d", b, t)
                    .isCloseTo(wanted, within(TOLERANCE * Math.max(1, Math.abs(wanted))));
        }
        if (expected.frames() == 0) {
            assertThat(Double.valueOf(actual.score())).isEqualTo(Double.valueOf(expected.score()));
        } else {
            double size = Math.max(1, Math.abs(expected.score()));
            assertThat(actual.score()).isCloseTo(expected.score(), within(TOLERANCE * size));
        }
    }

    /** Everything of an alignment, to be compared to the bit. */
    static List<Object> bits(CtcAlignment alignment) {
        List<Double> logProbabilities = IntStream.range(0, alignment.frames())
                .mapToObj(alignment::logProbability)
                .toList();
        return List.of(
                alignment.status(),
                alignment.score(),
                IntStream.of(alignment.states()).boxed().toList(),
                IntStream.of(alignment.path()).boxed().toList(),
                logProbabilities);
    }
}
