package io.github.tornadoctc.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.decoding.scorers.NGramModel;
import io.github.tornadoctc.io.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's sample of decoding compiles and runs. */
class ReadmeSampleTest {
    private static final Path SOURCE = Path.of("src/test/java/io/github/tornadoctc/decoding/ReadmeSampleTest.java");

    @Test
    void theSampleRuns(@TempDir Path directory) throws IOException {
        Path tokenFile = Files.writeString(directory.resolve("tokens.txt"), "<blk> 0\na 1\nb 2\n  3\n");
        Path arpaFile = Files.writeString(
                directory.resolve("words.arpa"), "\\data\\\nngram 1=2\n\\1-grams:\n-0.1 a\n-1 b\n\\end\\\n");
        // "a" is a little less likely than "b", which the model makes up for
        float[] frames = {-9, 1, 1.5f, -9, -9, -9, -9, 0, -9, 0, -9, -9};
        CtcBatch batch = CtcBatch.builder(3, 1, 4)
                .scores(frames)
                .inputLengths(3)
                .targets(new int[1][0])
                .build();
        List<String> texts = new ArrayList<>();
        // sample begins
        Tokens tokens = Tokens.read(tokenFile).forBatch(batch.symbols(), batch.blank());
        NGramModel model = NGramModel.read(arpaFile);
        BeamSearchOptions options = BeamSearchOptions.defaults()
                .withScorer(model.scorerOfWords(tokens, 0.5, 1, 5)); // weight, bonus of a word, cost of unknown ones
        for (Decoding decoding : new BeamSearchDecoder(options).decode(batch)) { // on all cores
            texts.add(tokens.text(decoding.best().labels()));
        }
        StreamingDecoder streaming = new StreamingDecoder(batch.symbols(), batch.blank(), options);
        streaming.accept(frames); // float32 [n][V], as they come
        int[] certain = streaming.stableLabels(); // what no later frame changes
        // sample ends
        assertThat(texts).containsExactly("a a");
        assertThat(streaming.finish().best().labels()).containsExactly(1, 3, 1);
        assertThat(certain).hasSizeLessThan(4);
    }

    @Test
    void theReadmeShowsThisSample() throws IOException {
        List<String> source = Files.readAllLines(SOURCE);
        List<String> sample = source.subList(
                source.indexOf("        // sample begins") + 1, source.indexOf("        // sample ends"));
        String readme = Files.readString(Path.of("../README.md"));
        assertThat(sample).hasSizeGreaterThan(5).allSatisfy(line -> assertThat(readme)
                .contains(line.substring(8)));
    }
}
