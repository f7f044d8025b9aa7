package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    @TempDir
    Path directory;

    /** The three-frame lesson: six paths collapse to g, and they sum to the forward table's last column. */
    @Test
    void theLessonOfThreeFrames() {
        assertThat(ctc("explain").succeeded().out())
                .containsPattern("gg_ +0.4 × 0.7 × 0.8 +(= )?0.224 +\"g\" \\*")
                .containsPattern("g__ +.*0.096 +\"g\" \\*")
                .containsPattern("_gg +.*0.084 +\"g\" \\*")
                .containsPattern("_g_ +.*0.336 +\"g\" \\*")
                .containsPattern("__g +.*0.036 +\"g\" \\*")
                .containsPattern("ggg +.*0.056 +\"g\" \\*")
                .containsPattern("___ +.*0.144 +\"\"\\R")
                .containsPattern("g_g +.*0.024 +\"gg\"\\R")
                .contains("6 of them collapse to \"g\" (*). Their sum: 0.832")
                .containsPattern("0 +_ +0.6 +0.18 ← +0.144 ←\\R")
                .containsPattern("1 +g +0.4 +0.7 ←↖ +0.176 ←↖\\R")
                .containsPattern("2 +_ +0 +0.12 ↖ +0.656 ←↖\\R")
                .contains("α(1, 1) = 0.7 × (0.4 stay + 0.6 step) = 0.7")
                .contains("0.176 + 0.656 = 0.832")
                .contains("ln 0.832 = -0.183923, so the loss is 0.183923")
                .endsWith("Enumeration 0.832, forward table 0.832: they agree.%n".formatted());
    }

    @Test
    void asciiPrintsNothingElse() throws IOException {
        Path file = batch(3, 1, 2);
        assertThat(ctc("explain", "--ascii").succeeded().out()).matches("\\p{ASCII}+");
        assertThat(ctc("explain", file, "--ascii", "--texts", texts("a "))
                        .succeeded()
                        .out())
                .matches("\\p{ASCII}+")
                .contains("(space)");
    }

    @Test
    void aSkipHasAnArrowOfItsOwnAndRepeatsHaveNone() {
        assertThat(ctc("explain", "--symbols", "_ab", "--target", "ab")
                        .succeeded()
                        .out())
                .containsPattern("3 +b +0 +0.111111 ⇖ +0.148148 ←↖⇖\\R")
                .contains("0.333333 × (0.111111 stay + 0.111111 step + 0.222222 skip) = 0.148148");
        assertThat(ctc("explain", "--target", "gg").succeeded().lines())
                .noneMatch(line -> line.matches(" +\\d +\\S .*⇖.*"));
    }

    @Test
    void theBlankMayBeAnySymbol() {
        assertThat(ctc("explain", "--symbols", "g_", "--blank", 1, "--probs", "0.4,0.6;0.7,0.3;0.2,0.8")
                        .succeeded()
                        .out())
                .contains("of which _ is the blank", "ln 0.832 = -0.183923");
    }

    @Test
    void framesAreAsManyAsTheTargetNeeds() {
        assertThat(ctc("explain", "--target", "ggg").succeeded().out())
                .contains("in 5 frames", "2^5 = 32", "1 of them collapses to \"ggg\" (*). Its probability: 0.03125");
    }

    @Test
    void ofManyPathsOnlyThoseThatCollapseToTheTargetAreListed() {
        assertThat(ctc("explain", "--symbols", "_ab", "--target", "abab")
                        .succeeded()
                        .out())
                .contains("3^4 = 81, of which only those that collapse to the target are listed")
                .contains("abab")
                .doesNotContain("aaaa");
    }

    @Test
    void ofVeryManyPathsNoneIsListedButTheSumIsTheirs() {
        assertThat(ctc("explain", "--symbols", "_abcd", "--target", "abcdab")
                        .succeeded()
                        .out())
                .contains("5^6 = 15625 paths are too many to list, but they were enumerated")
                .contains("1 of them collapses to \"abcdab\". Its probability", "they agree");
    }

    @Test
    void tooManyPathsAreNotEnumerated() {
        assertThat(ctc("explain", "--symbols", "_abcdefghi", "--target", "abcdefgh")
                        .succeeded()
                        .out())
                .contains("10^8 = 100000000 paths are too many to enumerate")
                .contains("the loss is")
                .doesNotContain("agree");
    }

    @Test
    void aTargetThatDoesNotFitHasProbabilityZero() {
        assertThat(ctc("explain", "--target", "gg", "--probs", "0.5,0.5;0.5,0.5")
                        .succeeded()
                        .out())
                .contains("0 of them collapse", "ln 0 = -inf, so the loss is inf", "they agree");
    }

    @Test
    void anEmptyTargetIsBlanksAlone() {
        assertThat(ctc("explain", "--target", "").succeeded().out())
                .contains("1 of them collapses to \"\" (*). Its probability: 0.144", "they agree");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--probs   | 0.6,0.4;0.3,0.6   | probs[1] = 0.3,0.6 has the sum 0.9, not 1",
                "--probs   | 0.6,0.4;0.3       | probs[1] has 1 values for 2 symbols, _g",
                "--probs   | 0.6,0.4;1.2,-0.2  | probs[1][0] = 1.2 is not between 0 and 1",
                "--probs   | 0.6,x             | probs[0][1] = x is not a number",
                "--probs   | 0.6,NaN           | probs[0][1] = NaN is not between 0 and 1",
                "--target  | gh                | target[1] = h is none of the symbols _g",
                "--target  | g_                | target[1] = _ is the blank",
                "--symbols | _gg               | symbols[2] = g is also symbols[1]",
                "--blank   | 2                 | blank = 2 is not between 0 and 1, the last symbol",
                "--utterance | 1               | give one",
                "--texts   | a.txt             | give one"
            })
    void badExamples(String option, String value, String message) {
        ctc("explain", option, value).failed(ExitCode.BAD_INPUT, message);
    }

    @Test
    void badUtterances() throws IOException {
        Path file = batch(3, 1, 2);
        ctc("explain", file, "--utterance", 1).failed(ExitCode.BAD_INPUT, "--utterance 1 is none of the 1 of " + file);
        ctc("explain", file, "--target", "g").failed(ExitCode.BAD_INPUT, "--target", "give them or FILE");
        ctc("explain", file, "--texts", texts("abc"))
                .failed(ExitCode.BAD_INPUT, "line 1 has 3 characters, but the target of utterance 0 2 labels");
        ctc("explain", file, "--texts", texts("")).failed(ExitCode.BAD_INPUT, "has 0 lines, none for utterance 0");
        ctc("explain", file, "--texts", directory.resolve("none.txt")).failed(ExitCode.BAD_INPUT, "no such file");
        ctc("explain", directory.resolve("none.npz")).failed(ExitCode.BAD_INPUT, "no such file");
        ctc("explain", batch(2, 1, 1))
                .failed(ExitCode.BAD_INPUT, "has no path: its 2 labels with 1 repeat need 3 frames, and it has 2");
        ctc("explain", "--html", directory.resolve("none").resolve("x.html"))
                .failed(ExitCode.BAD_INPUT, "its directory does not exist");
    }

    @Test
    void aTextThatIsNotTheTargetsIsRefused() throws IOException {
        Path file = batch(3, 1, 2);
        ctc("explain", file, "--texts", texts("xx"))
                .failed(
                        ExitCode.BAD_INPUT,
                        "texts.txt: line 1 has 'x' (U+0078) as character 2, where the target has label 2, but it stood for"
                                + " label 1");
        ctc("explain", file, "--texts", texts("xy\nab\n"))
                .failed(ExitCode.BAD_INPUT, "has 2 lines for a batch of 1 utterances");
        Path same = batch(3, 1, 1);
        ctc("explain", same, "--texts", texts("xy"))
                .failed(
                        ExitCode.BAD_INPUT,
                        "texts.txt: line 1 has 'y' (U+0079) as character 2, where the target has label 1, which 'x' (U+0078)"
                                + " stood for");
        ctc("explain", same, "--texts", texts("Xx")).succeeded();
    }

    @Test
    void anUtteranceHasARowPerLabel() throws IOException {
        Path file = batch(3, 1, 2);
        assertThat(ctc("explain", file).succeeded().lines())
                .anyMatch(line -> line.matches("batch.json, utterance 0  T=3 U=2 V=3"))
                .anyMatch(line -> line.matches("1 +0 +\\|█  \\|"))
                .anyMatch(line -> line.matches("2 +2 +\\|  █\\|"))
                .anyMatch(line -> line.matches("\\(blank\\) +\\| █ \\|"));
        assertThat(ctc("explain", file, "--texts", texts("xy")).succeeded().lines())
                .anyMatch(line -> line.matches("x +0 +\\|█  \\|"));
    }

    /** As the README has it: the committed batch with its letters. */
    @Test
    void theLinesOfTextHaveTheirLettersBesideThem() throws URISyntaxException {
        Path batch = resource("ocr-lines.npz");
        Path texts = resource("ocr-lines.txt");
        assertThat(ctc("explain", batch, "--texts", texts, "--scores", "log-probs", "--utterance", 3)
                        .succeeded()
                        .lines())
                .contains("ocr-lines.npz, utterance 3  T=27 U=13 V=6625")
                .anyMatch(line -> line.matches("H +2 +\\| {2}█ +\\|"))
                .anyMatch(line -> line.matches("␣ +12-13 +\\| {12}██ +\\|"))
                .anyMatch(line -> line.matches("! +25 +\\| {25}█ \\|"));
    }

    private static Path resource(String name) throws URISyntaxException {
        URL url = requireNonNull(ExplainCommand.class.getResource(name));
        return Path.of(url.toURI());
    }

    @Test
    void aPageNeedsNothingButItself() throws IOException {
        Path page = directory.resolve("x.html");
        assertThat(ctc("explain", batch(3, 1, 2), "--texts", texts("<&"), "--html", page)
                        .succeeded()
                        .out())
                .isEqualTo("wrote %s%n".formatted(page));
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains("&lt;", "&amp;", "data:image/png;base64,", "points=\"0.5,1.5 1.5,2.5 2.5,3.5\"")
                .doesNotContain("http", "<script", "<<", "src=");
        ctc("explain", "--html", page).succeeded();
        assertThat(ctc("explain", "--html", "-").succeeded().out()).isEqualTo(Files.readString(page));
        assertThat(Files.readString(page))
                .contains("<svg class=\"lattice\"", ">0.656<", "<b>0.832</b>", "they <b>agree</b>")
                .doesNotContain("http", "<script", "batch.json");
    }

    @Test
    void anImageIsAPng() throws IOException {
        Path image = directory.resolve("x.png");
        ctc("explain", batch(3, 1, 2), "--png", image);
        BufferedImage drawn = ImageIO.read(image.toFile());
        assertThat(drawn.getWidth()).isGreaterThan(300);
        assertThat(drawn.getHeight()).isGreaterThan(100);
    }

    /** One utterance of three symbols, all but sure of label, blank, label. */
    private Path batch(int frames, int... target) throws IOException {
        String[] rows = {"[[0, 9, 0]]", "[[9, 0, 0]]", "[[0, 0, 9]]"};
        return Files.writeString(
                directory.resolve("batch.json"),
                "{\"logits\": [%s], \"inputLengths\": [%d], \"targets\": [[%d, %d]]}"
                        .formatted(String.join(", ", Arrays.copyOf(rows, frames)), frames, target[0], target[1]));
    }

    private Path texts(String lines) throws IOException {
        return Files.writeString(directory.resolve("texts.txt"), lines);
    }
}
