package io.github.tornadoctc.decoding.scorers;

import static io.github.tornadoctc.decoding.scorers.Texts.TOKENS;
import static io.github.tornadoctc.decoding.scorers.Texts.endScore;
import static io.github.tornadoctc.decoding.scorers.Texts.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import edu.berkeley.nlp.lm.ArrayEncodedProbBackoffLm;
import edu.berkeley.nlp.lm.io.LmReaders;
import io.github.tornadoctc.decoding.Scorer;
import io.github.tornadoctc.io.BatchFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NGramModelTest {
    private static final String BIGRAMS =
            """
            \\data\\
            ngram 1=6
            ngram 2=3

            \\1-grams:
            -1.5 <unk>
            -99 <s> -0.5
            -0.75 </s>
            -0.5 a -0.25
            -1 ab -0.125
            -2 b

            \\2-grams:
            -0.2 <s> a
            -0.4 a ab
            -0.3 ab </s>

            \\end\\
            """;

    @TempDir
    Path directory;

    @Test
    void backsOffWhereAnNGramIsMissing() throws IOException {
        NGramModel model = model(BIGRAMS);
        assertThat(model.order()).isEqualTo(2);
        assertThat(model.knows("ab")).isTrue();
        assertThat(model.logProbability(List.of("a", "ab"))).isCloseTo(-0.2 - 0.4 - 0.3, within(1e-6));
        // after a, b is found alone, with the weight of a; the end after b, which has no weight
        assertThat(model.logProbability(List.of("a", "b"))).isCloseTo(-0.2 - (0.25 + 2) - 0.75, within(1e-6));
        assertThat(model.logProbability(List.of("x"))).isCloseTo(-(0.5 + 1.5) - 0.75, within(1e-6));
        assertThat(model.logProbability(List.of())).isCloseTo(-0.5 - 0.75, within(1e-6));
    }

    @Test
    void wordsOfATextAreScoredWhenTheyAreComplete() throws IOException {
        Scorer scorer = model(BIGRAMS).scorerOfWords(TOKENS, 0.5, 0.25, 7);
        double ln = 0.5 * Math.log(10);
        assertThat(score(scorer, "a")).isZero();
        assertThat(score(scorer, "a ")).isCloseTo(-0.2 * ln + 0.25, within(1e-6));
        assertThat(score(scorer, "a ab")).isCloseTo(-0.2 * ln + 0.25, within(1e-6));
        assertThat(endScore(scorer, "a ab")).isCloseTo(-0.9 * ln + 0.5, within(1e-6));
        assertThat(endScore(scorer, " a  ab ")).isCloseTo(-0.9 * ln + 0.5, within(1e-6));
    }

    @Test
    void anUnknownWordCostsAtOnceWhereNoWordBeginsSo() throws IOException {
        Scorer scorer = model(BIGRAMS).scorerOfWords(TOKENS, 1, 0, 7);
        assertThat(score(scorer, "ax")).isEqualTo(-7);
        assertThat(score(scorer, "axe")).isEqualTo(-7);
        assertThat(score(scorer, "axe ")).isCloseTo(-7 - 2 * Math.log(10), within(1e-6));
        // <unk> and <s> are marks of the model and not words that are said
        assertThat(score(scorer, "<s")).isEqualTo(-7);
    }

    @Test
    void tokensAreScoredOneByOne() throws IOException {
        Scorer scorer = model(BIGRAMS).scorerOfTokens(TOKENS, 1, 0, 7);
        assertThat(score(scorer, "a")).isCloseTo(-0.2 * Math.log(10), within(1e-6));
        assertThat(score(scorer, "ab")).isCloseTo(-(0.2 + 0.25 + 2) * Math.log(10), within(1e-6));
        assertThat(endScore(scorer, "b")).isCloseTo(-(0.5 + 2 + 0.75) * Math.log(10), within(1e-6));
    }

    /** Berkeleylm's own sum over a sentence, in float, of models with n-grams missing here and there; of 1-grams it counts the beginning too. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void sentencesHaveTheProbabilityThatBerkeleylmGivesThem(int order) throws IOException {
        Random random = new Random(order);
        Path file = Files.writeString(directory.resolve("model.arpa"), randomModel(random, order));
        NGramModel model = NGramModel.read(file);
        ArrayEncodedProbBackoffLm<String> peer = LmReaders.readArrayEncodedLmFromArpa(file.toString(), false);
        for (int trial = 0; trial < 200; trial++) {
            List<String> sentence = random.ints(random.nextInt(8), 0, 5)
                    .mapToObj(i -> "abcdx".substring(i, i + 1))
                    .toList();
            assertThat(model.logProbability(sentence))
                    .as(sentence.toString())
                    .isCloseTo(peer.scoreSentence(sentence), within(1e-4));
        }
    }

    /** Where pruning has left an n-gram without the one that it begins or ends with. */
    @Test
    void nGramsWithoutTheirShorterOnesAreFound() throws IOException {
        NGramModel model = model(
                """
                \\data\\
                ngram 1=3
                ngram 2=0
                ngram 3=1
                \\1-grams:
                -1 a -0.5
                -1 b -0.25
                -1 c
                \\2-grams:
                \\3-grams:
                -0.125 a b c
                \\end\\
                """);
        assertThat(model.logProbability(List.of("a", "b", "c"))).isCloseTo(-1 - 1.5 - 0.125, within(1e-6));
        assertThat(model.logProbability(List.of("b", "c"))).isCloseTo(-1 - 1.25, within(1e-6));
    }

    @Test
    void anNGramThatIsThereTwice() throws IOException {
        Path file = Files.writeString(
                directory.resolve("twice.arpa"),
                BIGRAMS.replace("ngram 2=3", "ngram 2=4").replace("-0.4 a ab", "-0.4 a ab\n-0.4 a ab"));
        assertThatThrownBy(() -> NGramModel.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasMessage(file + ": the 2-gram \"a ab\" is there twice");
    }

    @Test
    void numbersOutOfRange() throws IOException {
        NGramModel model = model(BIGRAMS);
        assertThatThrownBy(() -> model.scorerOfWords(TOKENS, -1, 0, 0)).hasMessage("weight = -1.0 is not 0 or more");
        assertThatThrownBy(() -> model.scorerOfWords(TOKENS, 1, Double.NaN, 0)).hasMessage("bonus = NaN is not finite");
        assertThatThrownBy(() -> model.scorerOfTokens(TOKENS, 1, 0, -1))
                .hasMessage("outOfVocabularyCost = -1.0 is not 0 or more");
    }

    private NGramModel model(String arpa) throws IOException {
        return NGramModel.read(Files.writeString(directory.resolve("model.arpa"), arpa));
    }

    /** Any probabilities: back-off is arithmetic, whether they sum to 1 or not. */
    private static String randomModel(Random random, int order) {
        List<List<String>> grams = new ArrayList<>();
        grams.add(List.of("<unk>", "<s>", "</s>", "a", "b", "c", "d"));
        for (int n = 2; n <= order; n++) {
            Set<String> longer = new TreeSet<>();
            for (String gram : grams.get(n - 2)) {
                for (String next : List.of("</s>", "a", "b", "c", "d")) {
                    String suffix = (gram + " " + next).substring(gram.indexOf(' ') + 1);
                    boolean closed = n == 2 || grams.get(n - 2).contains(suffix);
                    if (closed && !gram.endsWith("</s>") && !gram.contains("unk") && random.nextDouble() < 0.6) {
                        longer.add(gram + " " + next);
                    }
                }
            }
            grams.add(List.copyOf(longer));
        }
        StringBuilder arpa = new StringBuilder("\\data\\\n");
        for (int n = 1; n <= order; n++) {
            arpa.append("ngram %d=%d\n".formatted(n, grams.get(n - 1).size()));
        }
        for (int n = 1; n <= order; n++) {
            arpa.append("\n\\%d-grams:\n".formatted(n));
            for (String gram : grams.get(n - 1)) {
                arpa.append(String.format(Locale.ROOT, "%.3f\t%s", -3 * random.nextDouble(), gram));
                arpa.append(n == order ? "\n" : String.format(Locale.ROOT, "\t%.3f\n", -random.nextDouble()));
            }
        }
        return arpa.append("\n\\end\\\n").toString();
    }
}
