package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.reference.ForwardBackward;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The README's sample compiles, runs and says the truth. */
class ReadmeSampleTest {
    private static final Path SOURCE = Path.of("src/test/java/io/github/tornadoctc/ReadmeSampleTest.java");
    private static final Path README = Path.of("../README.md");

    @Test
    void theSampleRuns() {
        int T = 50;
        int B = 2;
        int V = 29;
        float[] logits = new float[T * B * V];
        Random random = new Random(1);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian();
        }
        // sample begins
        CtcBatch batch = CtcBatch.builder(T, B, V) // time steps, utterances, symbols with the blank
                .scores(logits) // float32 [T][B][V], or a MemorySegment, which is not copied
                .inputLengths(50, 42)
                .targets(new int[] {8, 5, 12, 12, 15}, new int[] {3, 1, 20})
                .build();
        try (CtcBackend ctc = CtcBackends.best()) { // each call on the CPU or a GPU, whichever takes less
            CtcResult result = ctc.compute(batch, CtcOptions.defaults());
            double loss = result.loss(0); // −ln p(target | logits)
            MemorySegment gradient = result.gradient(); // float32 [T][B][V], with respect to the logits
            // sample ends
            double truth = new ForwardBackward(batch, 0, CtcOptions.defaults()).loss();
            assertThat(loss).isCloseTo(truth, within(1e-6 * truth));
            assertThat(gradient.byteSize()).isEqualTo(4L * T * B * V);
        }
    }

    @Test
    void theReadmeShowsThisSample() throws IOException {
        List<String> source = Files.readAllLines(SOURCE);
        List<String> sample = source.subList(
                source.indexOf("        // sample begins") + 1, source.indexOf("            // sample ends"));
        String readme = Files.readString(README);
        assertThat(sample).hasSizeGreaterThan(5).allSatisfy(line -> assertThat(readme)
                .contains(line.substring(8)));
    }
}
