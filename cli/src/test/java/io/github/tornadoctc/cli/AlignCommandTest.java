package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two utterances: one says a, b, space, a; the other has too few frames for its target. */
class AlignCommandTest {
    private static final String BATCH =
            """
            {"logits": [[[0,9,0,0],[9,0,0,0]], [[0,9,0,0],[9,0,0,0]], [[9,0,0,0],[9,0,0,0]],
                        [[0,0,9,0],[9,0,0,0]], [[0,0,0,9],[9,0,0,0]], [[0,9,0,0],[9,0,0,0]]],
             "inputLengths": [6, 1], "targets": [[1, 2, 3, 1], [1, 1]]}
            """;

    private static final double SAID = 9 - Math.log(Math.exp(9) + 3);

    @TempDir
    Path directory;

    private Path batch;
    private Path tokens;

    @BeforeEach
    void write() throws IOException {
        batch = Files.writeString(directory.resolve("two.json"), BATCH);
        tokens = Files.writeString(directory.resolve("tokens.txt"), "<blk> 0\na 1\nb 2\n  3\n");
    }

    private Ran align(Object... more) {
        Object[] args = new Object[4 + more.length];
        args[0] = "align";
        args[1] = batch;
        args[2] = "--backend";
        args[3] = "cpu";
        System.arraycopy(more, 0, args, 4, more.length);
        return ctc(args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "reference", "emulator"})
    void jsonHasTheFieldsOfTheContract(String backend) throws IOException {
        JsonNode utterances = ctc("align", batch, "--backend", backend, "--json", "--tokens", tokens)
                .succeeded()
                .json()
                .get("utterances");
        JsonNode first = utterances.get(0);
        assertThat(first.get("status").asText()).isEqualTo("OK");
        assertThat(first.get("score").doubleValue()).isCloseTo(6 * SAID, within(1e-5));
        assertThat(StreamSupport.stream(first.get("path").spliterator(), false).map(JsonNode::intValue))
                .containsExactly(1, 1, 0, 2, 3, 1);
        JsonNode span = first.get("spans").get(1);
        assertThat(span.fieldNames())
                .toIterable()
                .containsExactly("symbol", "token", "start", "end", "score", "confidence");
        assertThat(span.get("token").asText()).isEqualTo("b");
        assertThat(span.get("start").intValue()).isEqualTo(3);
        assertThat(span.get("end").intValue()).isEqualTo(4);
        assertThat(span.get("score").doubleValue()).isCloseTo(SAID, within(1e-5));
        assertThat(span.get("confidence").doubleValue()).isCloseTo(Math.exp(SAID), within(1e-5));
        assertThat(utterances.get(1).get("status").asText()).isEqualTo("INFEASIBLE");
        assertThat(utterances.get(1).get("score").asText()).isEqualTo("-inf");
    }

    @Test
    void wordsHaveTimesInSeconds() throws IOException {
        JsonNode words = align("--json", "--tokens", tokens, "--frame-ms", "20")
                .succeeded()
                .json()
                .get("utterances")
                .get(0)
                .get("words");
        assertThat(words.get(0).get("word").asText()).isEqualTo("ab");
        assertThat(words.get(1).get("startSeconds").doubleValue()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void aTableSaysWhatIsWhere() {
        Ran ran = align("--tokens", tokens).succeeded();
        assertThat(ran.lines().getFirst()).startsWith("utterance 0: 6 frames, score -0.00");
        assertThat(ran.out()).contains("\na          0    2 ").contains("utterance 1: INFEASIBLE");
    }

    @Test
    void ctmHoldsAllUtterancesAndSubtitlesOne() throws IOException {
        assertThat(align("--tokens", tokens, "--frame-ms", "20", "--format", "ctm")
                        .succeeded()
                        .lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("two-0 1 0.000 0.080 ab 0.9");
        align("--tokens", tokens, "--frame-ms", "20", "--format", "srt")
                .failed(ExitCode.BAD_INPUT, "there are 2", "--utterance", "--out a name with %d");
        Path out = directory.resolve("line-%d.srt");
        align("--tokens", tokens, "--frame-ms", "20", "--format", "srt", "--out", out)
                .succeeded();
        assertThat(directory.resolve("line-0.srt")).hasContent("1\n00:00:00,000 --> 00:00:00,120\nab a\n\n");
        assertThat(directory.resolve("line-1.srt")).isEmptyFile();
    }

    @Test
    void textsHaveWildcards() throws IOException {
        Path texts = Files.writeString(directory.resolve("texts.txt"), "*b*\na\n");
        JsonNode first = align("--texts", texts, "--tokens", tokens, "--json")
                .succeeded()
                .json()
                .get("utterances")
                .get(0);
        assertThat(StreamSupport.stream(first.get("path").spliterator(), false).map(JsonNode::intValue))
                .containsExactly(-1, -1, 0, 2, -1, -1);
        assertThat(first.get("spans")).hasSize(1);
    }

    @Test
    void textsThatCannotBeWrittenInTokensAreRefusedByLine() throws IOException {
        Path texts = Files.writeString(directory.resolve("texts.txt"), "ab\nax\n");
        align("--texts", texts, "--tokens", tokens).failed(ExitCode.BAD_INPUT, "line 2 has 'x' (U+0078)");
        Files.writeString(texts, "ab\n");
        align("--texts", texts, "--tokens", tokens).failed(ExitCode.BAD_INPUT, "1 lines for a batch of 2");
        align("--texts", texts).failed(ExitCode.BAD_INPUT, "--texts", "--tokens");
    }

    @ParameterizedTest
    @CsvSource({
        "--format|xml, none of table",
        "--format|vtt, --frame-ms",
        "--frame-ms|0, above 0",
        "--utterance|2, --utterance 2 is none of the 2",
        "--json|--format|ctm|--frame-ms|20, --json is --format json",
        "--image|x.png, --png",
        "--png|x.png, there are 2",
        "--png|x.png|--utterance|1, INFEASIBLE",
        "--png|x.png|--utterance|0|--image|missing.png, no such file"
    })
    void badUsageIsOneLine(String options, String part) {
        align((Object[]) options.split("\\|")).failed(ExitCode.BAD_INPUT, part);
    }

    @Test
    void drawsAPicture() throws IOException {
        Path picture = directory.resolve("drawn.png");
        align("--png", picture, "--utterance", "0").succeeded();
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(6 * 8);
    }

    @Test
    void textsAreEnoughWhereTheFileHasNoTargets() throws IOException {
        Path unlabelled = Files.writeString(
                directory.resolve("unlabelled.json"),
                """
                {"blank": 0, "logits": [[[0.1, 0.4, 0.3]], [[0.3, 0.1, 0.6]], [[0.5, 0.2, 0.1]]]}
                """);
        Path names = Files.writeString(directory.resolve("names.txt"), "<blk> 0\na 1\nb 2\n");
        Path texts = Files.writeString(directory.resolve("texts.txt"), "ab\n");
        JsonNode aligned = ctc("align", unlabelled, "--backend", "cpu", "--tokens", names, "--texts", texts, "--json")
                .succeeded()
                .json();
        assertThat(aligned.at("/utterances/0/spans")).hasSize(2);
        ctc("align", unlabelled, "--backend", "cpu").failed(ExitCode.BAD_INPUT, "targets is missing");
    }

    @Test
    void whatCannotBeDrawnIsToldAndTheOthersAreDrawn() {
        Ran ran = align("--png", directory.resolve("drawn-%d.png"));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(ran.err()).contains("utterance 1 is not drawn: INFEASIBLE");
        assertThat(directory.resolve("drawn-0.png")).isRegularFile();
        assertThat(directory.resolve("drawn-1.png")).doesNotExist();
    }

    @Test
    void whatAWildcardCostsIsRefusedWhereThereIsNone() {
        align("--wildcard-cost", 2).failed(ExitCode.BAD_INPUT, "--wildcard-cost is of wildcards, and there are none");
        align("--wildcard-cost", 2, "--partial").succeeded();
        for (String cost : List.of("NaN", "-Infinity", "Infinity")) {
            align("--wildcard-cost", cost, "--partial")
                    .failed(ExitCode.BAD_INPUT, "--wildcard-cost " + cost + " is not a finite number");
        }
    }

    @Test
    void aLineIsStandardOutputAndNoFile() {
        List<String> printed =
                align("--frame-ms", 20, "--format", "ctm").succeeded().lines();
        assertThat(printed).isNotEmpty();
        assertThat(align("--frame-ms", 20, "--format", "ctm", "--out", "-")
                        .succeeded()
                        .lines())
                .isEqualTo(printed);
        assertThat(Path.of("-")).doesNotExist();
    }

    @Test
    void posteriorsGoToStandardOutputAndTheRestElsewhere() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = {"posteriors", batch.toString(), "--backend", "cpu", "--out", "-"};
        assertThat(CtcCommand.run(bytes, new PrintWriter(out), new PrintWriter(err), arguments))
                .isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("INFEASIBLE");
        Path file = Files.write(directory.resolve("g.npy"), bytes.toByteArray());
        assertThat(NpyFile.read(file).shape()).containsExactly(2, 6, 9);
    }

    @Test
    void posteriorsAreAnArray() throws IOException {
        Path out = directory.resolve("g.npy");
        assertThat(ctc("posteriors", batch, "--backend", "cpu", "--out", out)
                        .succeeded()
                        .out())
                .contains("INFEASIBLE")
                .contains("wrote");
        NpyArray posteriors = NpyFile.read(out);
        assertThat(posteriors.shape()).containsExactly(2, 6, 9);
        double sum = 0;
        for (int s = 0; s < 9; s++) {
            sum += posteriors.doubleAt(2 * 9 + s);
            assertThat(posteriors.doubleAt(6 * 9 + s)).isZero();
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
    }
}
