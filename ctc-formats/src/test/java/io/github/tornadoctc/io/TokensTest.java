package io.github.tornadoctc.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
    @TempDir
    Path directory;

    @Test
    void linesOfTokensAndNumbersAreReadInTheOrderOfTheNumbers() throws IOException {
        Tokens tokens =
                read("<blk> 0\n\u2581THE 2\nS 1\n\u2581A\t3\n#0 4\n#1 5\n").forBatch(4, 0);
        assertThat(tokens.size()).isEqualTo(4);
        assertThat(tokens.token(2)).isEqualTo("\u2581THE");
        assertThat(tokens.text(0, 2, 1, 3)).isEqualTo("THES A");
    }

    @Test
    void aSpaceIsATokenAmongTokensAndNumbers() throws IOException {
        Tokens tokens = read("<blk> 0\na 1\n  2\n| 3\n");
        assertThat(tokens.token(2)).isEqualTo(" ");
        assertThat(tokens.text(1, 2, 1, 3)).isEqualTo("a a|");
    }

    @Test
    void whatUnicodeCallsASpaceOrASeparatorIsAToken() throws IOException {
        assertThat(read("a 0\n\u3000 1\n\u2028 2\n").token(2)).isEqualTo("\u2028");
        assertThat(read("a\n\u3000\n\u2028\n").token(1)).isEqualTo("\u3000");
    }

    @Test
    void oneTokenALineLacksTheBlank() throws IOException {
        Tokens nemo = read("\u2581he\nllo\r\n\u2581wo\nrld").forBatch(5, 4);
        assertThat(nemo.text(0, 1, 4, 2, 3)).isEqualTo("hello world");
        Tokens first = read("a\nb\n").forBatch(3, 0);
        assertThat(first.text(1, 0, 2)).isEqualTo("ab");
    }

    @Test
    void aTableOfPaddleOcrLacksTheSpaceToo() throws IOException {
        Tokens tokens = read("a\n|\n").forBatch(4, 0);
        assertThat(tokens.text(1, 3, 2)).isEqualTo("a |");
    }

    @Test
    void scoresOfSentencePieceAreNoNumbers() throws IOException {
        Tokens tokens =
                read("<unk>\t0\n<s>\t0\n</s>\t0\n\u2581a\t-2.5\nb\t-3\n").forBatch(6, 5);
        assertThat(tokens.text(1, 3, 4, 5, 3, 2)).isEqualTo("ab a");
    }

    @Test
    void wordPiecesThatDoNotContinueBeginAWord() throws IOException {
        assertThat(read("[PAD]\nplay\n##ing\nnow\n").text(1, 2, 0, 3)).isEqualTo("playing now");
    }

    @Test
    void aVocabularyOfHuggingFaceHasASeparatorAndSpecialTokens() throws IOException {
        Tokens tokens = read("{\"<pad>\": 0, \"<s>\": 1, \"</s>\": 2, \"<unk>\": 3, \"E\": 5, \"|\": 4, \"'\": 6}")
                .forBatch(7, 0);
        assertThat(tokens.text(1, 5, 4, 6, 3, 0, 2)).isEqualTo("E '<unk>");
        assertThat(tokens.piece(4)).isEqualTo(" ");
    }

    @Test
    void aBraceIsATokenOfATableOfCharacters() throws IOException {
        assertThat(read("{\na\n").token(0)).isEqualTo("{");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; has no tokens",
                "'\n\n'; has no tokens",
                "'{}'; has no tokens",
                "'a 0\nb\n'; line 2: \"b\" is not a token and its number, as line 1 is",
                "'a 0\n\nb 1'; line 2: \"\" is not a token and its number, as line 1 is",
                "'a 0\nb 0\n'; line 2: token \"b\" has the number 0, which is that of \"a\"",
                "'a 0\nb 2\n'; line 2: the number of token \"b\" is not between 0 and 1, but there are 2 tokens",
                "'a 0\nb 99999999999999\n'; line 2: the number of token \"b\" is not between 0 and 1",
                "'{\"a\": 0, \"b\": 0}'; token \"b\" has the number 0, which is that of \"a\"",
                "'{\"a\": -1}'; the number of token \"a\" is not between 0 and 0",
                "'{\"a\": 0.5}'; token \"a\" = 0.5 is not an integer",
                "'{\"eng\": {\"a\": 0}}'; \"eng\" is an object",
                "'{\"a\": 0, \"b\": 1, \"a\": 2}'; token \"a\" is there twice, with the numbers 0 and 2; each symbol",
                "'a 0\nb 1\na 2\n'; line 3: token \"a\" is there twice, in line 1 before; each symbol needs a token of its own",
                "'a 0\nb 1\na 0\n'; line 3: token \"a\" is there twice, in line 1 before",
                "'<blk> 0\n  1\n \t2\n'; line 3: token \" \" is there twice, in line 2 before",
                "'a\nb\nc\nb\nb'; line 4: token \"b\" is there twice, in line 2 before",
                "'a\n\nb\n\nc'; line 4: token \"\" is there twice, in line 2 before",
                "'a\t0\nb\t-1\na\t-2.5\n'; line 3: token \"a\" is there twice, in line 1 before",
                "'{\"a\": 0}{}'; there is more after the object"
            })
    void aFileThatIsNoTable(String text, String message) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> Tokens.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    /** As the space is in PaddleOCR's English table, and once more in the list that its programs make of it. */
    @Test
    void twoSymbolsOfOneTokenAreDecodedAndWrittenOnlyAsNumbers() {
        Tokens tokens = Tokens.of(List.of("<blk>", "a", " ", "b", " "));
        assertThat(tokens.text(1, 2, 3, 4, 1)).isEqualTo("a b a");
        TextLabels labels = new TextLabels(tokens, 0);
        assertThat(labels.of("abba", false).labels()).containsExactly(1, 3, 3, 1);
        assertThatThrownBy(() -> labels.of("ab a", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("has \" \", for which symbols 2 and 4 both stand; targets as numbers say which");
    }

    @Test
    void aFileThatIsNoText() throws IOException {
        Path file = Files.write(directory.resolve("tokens.txt"), new byte[] {'a', (byte) 0xFF});
        assertThatThrownBy(() -> Tokens.read(file)).hasMessage(file + ": is not UTF-8 text");
        assertThatThrownBy(() -> Tokens.read(directory)).hasMessage(directory + ": is a directory");
        Path nowhere = directory.resolve("none.txt");
        assertThatThrownBy(() -> Tokens.read(nowhere)).hasMessage(nowhere + ": cannot be read: no such file");
    }

    @Test
    void aTableOfAnotherSizeOrBlankDoesNotSuit() {
        Tokens tokens = Tokens.of(List.of("<blk>", "a", "b"));
        assertThatThrownBy(() -> tokens.forBatch(6, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("3 tokens do not suit 6 symbols");
        assertThatThrownBy(() -> tokens.forBatch(2, 0)).hasMessageStartingWith("3 tokens do not suit 2 symbols");
        assertThatThrownBy(() -> tokens.forBatch(3, 2)).hasMessage("token 0 is <blk>, but the blank of the batch is 2");
    }

    private Tokens read(String text) throws IOException {
        return Tokens.read(file(text));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tokens.txt"), text);
    }
}
