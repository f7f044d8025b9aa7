package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.decoding.scorers.NGramModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BigramFileTest {
    private static final List<String> TEXTS = List.of("a b a", "b c", "a b b");

    @TempDir
    Path directory;

    @Test
    void theProbabilitiesOfAllTextsSumToOne() throws IOException {
        NGramModel model = NGramModel.read(Files.write(directory.resolve("bigrams.arpa"), BigramFile.of(TEXTS)));
        double sum = 0;
        List<List<String>> beginnings = List.of(List.of());
        // longer ones are so improbable that they do not count
        for (int length = 0; length <= 12; length++) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> text : beginnings) {
                sum += Math.pow(10, model.logProbability(text));
                for (String word : List.of("a", "b", "c")) {
                    List<String> more = new ArrayList<>(text);
                    more.add(word);
                    longer.add(more);
                }
            }
            beginnings = longer;
        }
        assertThat(sum).isCloseTo(1, within(0.02));
        assertThat(sum).isLessThan(1.0001);
    }

    @Test
    void whatWasSeenIsLikelier() throws IOException {
        NGramModel model = NGramModel.read(Files.write(directory.resolve("bigrams.arpa"), BigramFile.of(TEXTS)));
        assertThat(model.logProbability(List.of("a", "b"))).isGreaterThan(model.logProbability(List.of("a", "c")));
        assertThat(BigramFile.words(TEXTS)).containsExactly("a", "b", "c");
    }
}
