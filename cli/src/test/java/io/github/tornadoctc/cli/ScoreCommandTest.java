package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
    @TempDir
    Path directory;

    @Test
    void printsRatesAndWhereTheLinesDiffer() throws IOException {
        Path reference = write("ref.txt", "the cat sat\non the mat\n");
        Path hypothesis = write("hyp.txt", "a cat sat up\non the mat\n");
        assertThat(ctc("score", "--ref", reference, "--hyp", hypothesis)
                        .succeeded()
                        .lines())
                .containsExactly(
                        "line  CER  WER  edits of words",
                        "   1  55%  67%  the\u2192a +up",
                        "",
                        "CER 29%: 1 substitution, 3 insertions, 2 deletions of 21 characters",
                        "WER 33%: 1 substitution, 1 insertion, 0 deletions of 6 words");
    }

    @Test
    void jsonHasTheFieldsOfTheContract() throws IOException {
        Path reference = write("ref.txt", "the cat\n");
        Path hypothesis = write("hyp.txt", "the big cats\n");
        JsonNode json = ctc("score", "--ref", reference, "--hyp", hypothesis, "--json")
                .succeeded()
                .json();
        assertThat(json.fieldNames()).toIterable().containsExactly("cer", "wer", "edits", "lines");
        assertThat(json.get("wer").asDouble()).isEqualTo(1);
        assertThat(json.at("/edits/words").toString())
                .isEqualTo("{\"substitutions\":1,\"insertions\":1,\"deletions\":0,\"reference\":2}");
        assertThat(json.at("/lines/0/wordEdits/0").toString())
                .isEqualTo("{\"kind\":\"SUBSTITUTION\",\"at\":1,\"reference\":\"cat\",\"hypothesis\":\"big\"}");
        assertThat(json.at("/lines/0/characterEdits")).hasSize(5);
    }

    @Test
    void equalFilesHaveNoErrors() throws IOException {
        Path file = write("ref.txt", "a\n");
        assertThat(ctc("score", "--ref", file, "--hyp", file).succeeded().lines())
                .first()
                .isEqualTo("CER 0.00%: 0 substitutions, 0 insertions, 0 deletions of 1 characters");
    }

    @Test
    void whatWasReadWhereNothingWasSaidHasNoRate() throws IOException {
        Path reference = write("ref.txt", "\n\n");
        Path hypothesis = write("hyp.txt", "a b\n\n");
        JsonNode json = ctc("score", "--ref", reference, "--hyp", hypothesis, "--json")
                .succeeded()
                .json();
        for (String rate : List.of("/cer", "/wer", "/lines/0/cer", "/lines/0/wer")) {
            assertThat(json.at(rate).isNull()).as(rate).isTrue();
        }
        assertThat(json.at("/lines/1/cer").asText()).isEqualTo("0.0");
        assertThat(ctc("score", "--ref", reference, "--hyp", hypothesis)
                        .succeeded()
                        .lines())
                .containsExactly(
                        "line  CER  WER  edits of words",
                        "   1    -    -  +a +b",
                        "",
                        "CER has no rate, since the reference is empty:"
                                + " 0 substitutions, 3 insertions, 0 deletions of 0 characters",
                        "WER has no rate, since the reference is empty:"
                                + " 0 substitutions, 2 insertions, 0 deletions of 0 words");
    }

    @Test
    void nothingReadWhereNothingWasSaidIsNoError() throws IOException {
        Path file = write("ref.txt", "\n");
        assertThat(ctc("score", "--ref", file, "--hyp", file).succeeded().lines())
                .first()
                .isEqualTo("CER 0.00%: 0 substitutions, 0 insertions, 0 deletions of 0 characters");
    }

    @Test
    void filesThatDoNotSuit() throws IOException {
        Path reference = write("ref.txt", "a\nb\n");
        Path hypothesis = write("hyp.txt", "a\n");
        ctc("score", "--ref", reference, "--hyp", hypothesis)
                .failed(ExitCode.BAD_INPUT, "--hyp " + hypothesis + " has 1 lines, but --ref " + reference + " 2");
        ctc("score", "--ref", reference).failed(ExitCode.BAD_INPUT, "--hyp");
        ctc("score", "--ref", reference, "--hyp", directory.resolve("none")).failed(ExitCode.BAD_INPUT, "no such file");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
