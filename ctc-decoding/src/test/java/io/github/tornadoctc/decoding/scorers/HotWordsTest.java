package io.github.tornadoctc.decoding.scorers;

import static io.github.tornadoctc.decoding.scorers.Texts.TOKENS;
import static io.github.tornadoctc.decoding.scorers.Texts.endScore;
import static io.github.tornadoctc.decoding.scorers.Texts.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.decoding.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotWordsTest {
    @TempDir
    Path directory;

    @Test
    void onlyWholeWordsCount() {
        Scorer scorer = HotWords.of(Map.of("cat", 2.0)).scorer(TOKENS);
        assertThat(endScore(scorer, "cat")).isEqualTo(2);
        assertThat(endScore(scorer, "the  cat  sat")).isEqualTo(2);
        assertThat(endScore(scorer, "concatenate cats")).isZero();
        assertThat(endScore(scorer, "cat cat")).isEqualTo(4);
    }

    @Test
    void aPartIsGivenAndTakenBack() {
        Scorer scorer = HotWords.of(Map.of("cat", 2.0)).scorer(TOKENS);
        assertThat(score(scorer, "c")).isEqualTo(0.5);
        assertThat(score(scorer, "ca")).isEqualTo(1);
        assertThat(score(scorer, "car")).isZero();
        assertThat(score(scorer, "cat ")).isEqualTo(2);
        assertThat(endScore(scorer, "ca")).isZero();
    }

    @Test
    void phrasesMayBeginWithinOthers() {
        Scorer scorer = HotWords.of(Map.of("new york", 3.0, "york", 1.0)).scorer(TOKENS);
        assertThat(endScore(scorer, "new new york")).isEqualTo(4);
        assertThat(endScore(scorer, "york")).isEqualTo(1);
        assertThat(endScore(scorer, "new yorks")).isZero();
    }

    /** All texts of a few words, against a search by regular expressions. */
    @Test
    void everyOccurrenceIsFound() {
        Map<String, Double> bonuses = Map.of("a", 1.0, "ab", 2.0, "a b", 4.0, "b a b", 8.0, "b", 16.0, "a b a", 32.0);
        Scorer scorer = HotWords.of(bonuses).scorer(TOKENS);
        Random random = new Random(1);
        for (int trial = 0; trial < 1000; trial++) {
            String text = random.ints(random.nextInt(15), 0, 3)
                    .mapToObj(i -> "ab ".substring(i, i + 1))
                    .collect(Collectors.joining());
            double expected = bonuses.entrySet().stream()
                    .mapToDouble(each -> each.getValue()
                            * Pattern.compile("(?<=^| )(?=%s(?: |$))".formatted(each.getKey()))
                                    .matcher(text.strip().replaceAll(" +", " "))
                                    .results()
                                    .count())
                    .sum();
            assertThat(endScore(scorer, text)).as(text).isEqualTo(expected);
        }
    }

    @Test
    void aFileHasPhrasesAndPerhapsBonuses() throws IOException {
        Path file = Files.writeString(directory.resolve("hot.txt"), "cat\nnew york\t0.5\n\n");
        Scorer scorer = HotWords.read(file, 2).scorer(TOKENS);
        assertThat(endScore(scorer, "cat new york")).isEqualTo(2.5);
        Path bad = Files.writeString(directory.resolve("bad.txt"), "a\nb\t-1\n");
        assertThatThrownBy(() -> HotWords.read(bad, 2))
                .hasMessage(bad + ": line 2: the bonus \"-1\" is not a positive number");
        Path empty = Files.writeString(directory.resolve("empty.txt"), "\n");
        assertThatThrownBy(() -> HotWords.read(empty, 2)).hasMessage(empty + ": has no hot words");
    }

    @Test
    void aBonusIsPositive() {
        assertThatThrownBy(() -> HotWords.of(Map.of("a", 0.0))).hasMessage("the bonus 0.0 of \"a\" is not positive");
        assertThatThrownBy(() -> HotWords.of(Map.of(" ", 1.0))).hasMessage("a hot word is blank");
    }
}
