package io.github.tornadoctc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's samples compile, run and hold. */
class ReadmeSampleTest {
    private static final Path SOURCE = Path.of("src/test/java/io/github/tornadoctc/compare/ReadmeSampleTest.java");
    private static final Path README = Path.of("README.md");

    @Test
    void aResultIsComparedInFiveLines() {
        try (CtcBackend backend = CtcBackends.open("parallel")) {
            // sample begins
            CtcBatch batch = BenchmarkShapes.batch(BenchmarkShapes.A); // or one of your own
            CtcOptions options = CtcOptions.defaults();
            CtcResult result = backend.compute(batch, options);
            ResultComparison comparison = ResultComparison.of(batch, options, result);
            assertThat(comparison.beyond(Thresholds.DEFAULTS)).isEmpty();
            // sample ends
        }
    }

    @Test
    void theTruthOfTheFirstUtterancesServesForEveryBackend() {
        CtcBatch batch = BenchmarkShapes.batch(BenchmarkShapes.A);
        CtcOptions options = CtcOptions.defaults();
        List<CtcBackend> backends = List.of(CtcBackends.open("parallel"), CtcBackends.open("reference"));
        // sample begins
        Truth truth = Truth.ofFirst(4, batch, options); // of 32 utterances, where all would take too long
        for (CtcBackend each : backends) {
            assertThat(truth.compare(each.compute(batch, options)).beyond(Thresholds.DEFAULTS))
                    .isEmpty();
        }
        // sample ends
        backends.forEach(CtcBackend::close);
    }

    @Test
    void theReadmeShowsTheseSamples() throws IOException {
        List<String> samples = found("(?s)// sample begins\n(.*?)\n *// sample ends", SOURCE);
        assertThat(samples).hasSize(2);
        assertThat(found("(?s)```java\n(.*?)\n```", README)).isEqualTo(samples);
    }

    /** What the pattern's group matches, with all white space as single spaces. */
    private static List<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1).strip().replaceAll("\\s+", " "))
                .toList();
    }
}
