package io.github.tornadoctc.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArpaFileTest {
    private static final String GOOD =
            """
            made by hand
            \\data\\
            ngram 1=4
            ngram 2=2

            \\1-grams:
            -99\t<s>\t-0.5
            -0.75\t</s>
            -0.5\ta\t-0.25
            -inf b

            \\2-grams:
            -0.125\t<s> a
            -0.4 a b

            \\end\\
            """;

    @TempDir
    Path directory;

    @Test
    void readsWordsProbabilitiesAndBackOffs() throws IOException {
        ArpaFile arpa = ArpaFile.read(file(GOOD));
        assertThat(arpa.order()).isEqualTo(2);
        assertThat(arpa.words()).containsExactly("<s>", "</s>", "a", "b");
        assertThat(arpa.count(1)).isEqualTo(4);
        assertThat(arpa.count(2)).isEqualTo(2);
        assertThat(arpa.text(2, 1)).isEqualTo("a b");
        assertThat(arpa.word(2, 0, 1)).isEqualTo(2);
        assertThat(arpa.logProbability(2, 0)).isEqualTo(-0.125f);
        assertThat(arpa.logProbability(1, 3)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(arpa.backOff(1, 2)).isEqualTo(-0.25f);
        assertThat(arpa.backOff(1, 1)).isZero();
    }

    @Test
    void endsOfLinesMayBeThoseOfWindows() throws IOException {
        assertThat(ArpaFile.read(file(GOOD.replace("\n", "\r\n"))).count(2)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\data\\; data; has no line \\data\\",
                "ngram 1=4; 1=4; line 3: \"1=4\" where \"ngram 1=\" and a number are expected",
                "ngram 1=4; ngram 1=5; line 12: there are 4 1-grams, but 5 are said to be",
                "ngram 2=2; ngram 3=2; line 4: \"ngram 3=2\" where the number of 2-grams is expected",
                "ngram 2=2; ngram 2=30; line 16: there are 2 2-grams, but 30 are said to be",
                "\\1-grams:; \\2-grams:; line 6: \"\\2-grams:\" where \\1-grams: is expected",
                "-0.4 a b; -0.4 a c; line 14: the word \"c\" is not among the 1-grams",
                "-0.4 a b; -0.4 a; line 14: \"-0.4 a\" is not a logarithm, the words of a 2-gram",
                "-0.4 a b; 0.4 a b; line 14: the logarithm of a probability is 0.4",
                "-0.4 a b; x a b; line 14: \"x\" is not a number",
                "-0.4 a b; nan a b; line 14: \"nan\" is not a number",
                "-0.4 a b; -1f a b; line 14: \"-1f\" is not a number",
                "-inf b; -inf a; line 10: the 1-gram \"a\" is there twice",
                "\\end\\; ''; ends before \\end\\"
            })
    void aFileThatIsNotInTheFormat(String good, String bad, String message) throws IOException {
        assertThat(GOOD).contains(good);
        Path file = file(GOOD.replace(good, bad));
        assertThatThrownBy(() -> ArpaFile.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsCutOffAnywhereIsRefused() throws IOException {
        for (int length = 0; length < GOOD.indexOf("\\end\\") + 5; length++) {
            Path file = file(GOOD.substring(0, length));
            assertThatThrownBy(() -> ArpaFile.read(file)).isInstanceOf(BatchFileException.class);
        }
    }

    @Test
    void aFileThatIsNoText() throws IOException {
        Path file = Files.write(directory.resolve("model.arpa"), new byte[] {(byte) 0xFF});
        assertThatThrownBy(() -> ArpaFile.read(file)).hasMessage(file + ": is not UTF-8 text");
        assertThatThrownBy(() -> ArpaFile.read(directory)).hasMessage(directory + ": is a directory");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("model.arpa"), text);
    }
}
