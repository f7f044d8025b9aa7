package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodeCommandTest {
    private static final String TOKENS = "<blk> 0\na 1\nb 2\n  3\n";

    /** Of probability: "a" or "b" 0.4 and 0.5, then a blank; a NaN; no frames. */
    private static final String BATCH =
            """
            {"logits": [[[-2.3025851, -0.91629073, -0.6931472, -99], ["nan", 0, 0, 0], [0, 0, 0, 0]],
                        [[0, -99, -99, -99], [0, 0, 0, 0], [0, 0, 0, 0]]],
             "inputLengths": [2, 1, 0], "targets": [[1], [1], []]}
            """;

    @TempDir
    Path directory;

    private Path batch;
    private Path tokens;

    @BeforeEach
    void write() throws IOException {
        batch = write("batch.json", BATCH);
        tokens = write("tokens.txt", TOKENS);
    }

    @Test
    void jsonHasTheFieldsOfTheContract() throws IOException {
        JsonNode json = ctc("decode", batch, "--scores", "log-probs", "--tokens", tokens, "--nbest", 2, "--json")
                .succeeded()
                .json();
        assertThat(json.fieldNames()).toIterable().containsExactly("utterances");
        JsonNode first = json.get("utterances").get(0);
        assertThat(first.fieldNames()).toIterable().containsExactly("status", "hypotheses");
        assertThat(first.get("hypotheses")).hasSize(2);
        JsonNode best = first.get("hypotheses").get(0);
        assertThat(best.fieldNames())
                .toIterable()
                .containsExactly("symbols", "score", "text", "acousticScore", "scorerScore");
        assertThat(best.get("symbols").toString()).isEqualTo("[2]");
        assertThat(best.get("text").asText()).isEqualTo("b");
        assertThat(best.get("score").asDouble()).isCloseTo(Math.log(0.5), within(1e-6));
        assertThat(first.get("hypotheses").get(1).get("text").asText()).isEqualTo("a");
        assertThat(json.get("utterances").get(1).toString()).isEqualTo("{\"status\":\"NON_FINITE\",\"hypotheses\":[]}");
        assertThat(json.get("utterances").get(2).at("/hypotheses/0/symbols")).isEmpty();
    }

    @Test
    void textsGoToStandardOutputAndTheRestElsewhere() throws IOException {
        Path out = directory.resolve("read.txt");
        ctc("decode", batch, "--scores", "log-probs", "--tokens", tokens, "--out", out)
                .succeeded();
        Ran ran = ctc("decode", batch, "--scores", "log-probs", "--tokens", tokens, "--out", "-");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out()).isNotEmpty().isEqualTo(Files.readString(out));
        assertThat(ran.err()).startsWith("utterance");
    }

    @Test
    void printsALineForEachHypothesis() {
        assertThat(ctc("decode", batch, "--scores", "log-probs", "--tokens", tokens, "--nbest", 2)
                        .succeeded()
                        .lines())
                .containsExactly(
                        "utterance      score   acoustic    scorer  text",
                        "        0  -0.693147  -0.693147  0.000000  b",
                        "        0  -0.916291  -0.916291  0.000000  a",
                        "        1                                  NON_FINITE",
                        "        2   0.000000   0.000000  0.000000");
    }

    @Test
    void rescoredLabellingsHaveTheirLossesNegated() throws IOException {
        Path ragged = write(
                "ragged.json",
                """
                {"blank": 0, "logits": [[[0.1, 0.4, 0.3, 0.2]], [[0.3, 0.1, 0.6, 0.2]], [[0.5, 0.2, 0.1, 0.4]],
                 [[0.1, 0.3, 0.3, 0.2]], [[0.6, 0.2, 0.2, 0.1]]], "targets": [[2, 1]]}
                """);
        JsonNode found = ctc("decode", ragged, "--beam", 3, "--nbest", 3, "--json")
                .succeeded()
                .json();
        JsonNode json = ctc("decode", ragged, "--beam", 3, "--nbest", 3, "--rescore", "--json")
                .succeeded()
                .json();
        double last = Double.POSITIVE_INFINITY;
        for (JsonNode hypothesis : json.at("/utterances/0/hypotheses")) {
            String targets = "[" + hypothesis.get("symbols") + "]";
            Path single = write("single.json", Files.readString(ragged).replaceFirst("\\[\\[2, 1\\]\\]", targets));
            double loss = ctc("loss", single, "--json")
                    .succeeded()
                    .json()
                    .at("/losses/0")
                    .asDouble();
            double score = hypothesis.get("acousticScore").asDouble();
            assertThat(score).isCloseTo(-loss, within(1e-6)).isLessThanOrEqualTo(last);
            last = score;
        }
        assertThat(json.at("/utterances/0/hypotheses/0/acousticScore").asDouble())
                .isGreaterThan(
                        found.at("/utterances/0/hypotheses/0/acousticScore").asDouble());
    }

    @Test
    void theFileMaySayWhatItsScoresAre() throws IOException {
        Path saying = write("saying.json", BATCH.strip().replaceFirst("}$", ", \"scores\": \"log-probs\"}"));
        assertThat(ctc("decode", saying, "--tokens", tokens).succeeded().lines().get(1))
                .isEqualTo("        0  -0.693147  -0.693147  0.000000  b");
    }

    @Test
    void withoutTokensLabelsAreNumbers() {
        assertThat(ctc("decode", batch, "--scores", "log-probs")
                        .succeeded()
                        .lines()
                        .get(1))
                .endsWith("[2]");
    }

    @Test
    void aBeamOfOneIsTheBestPathWithItsSpans() throws IOException {
        JsonNode json = ctc("decode", batch, "--scores", "log-probs", "--tokens", tokens, "--beam", 1, "--json")
                .succeeded()
                .json();
        JsonNode best = json.at("/utterances/0/hypotheses/0");
        assertThat(best.get("text").asText()).isEqualTo("b");
        JsonNode span = best.get("spans").get(0);
        assertThat(span.fieldNames())
                .toIterable()
                .containsExactly("symbol", "token", "start", "end", "score", "confidence");
        assertThat(span.get("end").asInt()).isEqualTo(1);
        assertThat(span.get("confidence").asDouble()).isCloseTo(0.5, within(1e-6));
        assertThat(json.at("/utterances/1/hypotheses")).isEmpty();
    }

    @Test
    void lexiconModelAndHotWordsHaveTheirSay() throws IOException {
        Path lexicon = write("lexicon.txt", "a\n");
        Path model = write("model.arpa", "\\data\\\nngram 1=2\n\\1-grams:\n-0.1 a\n-2 b\n\\end\\\n");
        Path hot = write("hot.txt", "a\t3\n");
        String[][] options = {
            {"--lexicon", lexicon.toString()}, {"--lm", model.toString()}, {"--hot-words", hot.toString()}
        };
        for (String[] option : options) {
            JsonNode best = ctc(
                            "decode",
                            batch,
                            "--scores",
                            "log-probs",
                            "--tokens",
                            tokens,
                            "--json",
                            option[0],
                            option[1])
                    .succeeded()
                    .json()
                    .at("/utterances/0/hypotheses/0");
            assertThat(best.get("text").asText()).as(option[0]).isEqualTo("a");
            assertThat(best.get("acousticScore").asDouble()).isCloseTo(Math.log(0.4), within(1e-6));
            assertThat(best.get("score").asDouble())
                    .isEqualTo(best.get("acousticScore").asDouble()
                            + best.get("scorerScore").asDouble());
        }
    }

    @Test
    void whatWasReadWhereNothingIsTheTargetHasNoRate() throws IOException {
        Path file = write("empty.json", "{\"logits\": [[[0, 9, 0, 0]]], \"targets\": [[]]}");
        JsonNode json = ctc("decode", file, "--tokens", tokens, "--targets", "--json")
                .succeeded()
                .json();
        assertThat(json.get("cer").isNull()).isTrue();
        assertThat(json.get("wer").isNull()).isTrue();
        assertThat(ctc("decode", file, "--targets", "--json")
                        .succeeded()
                        .json()
                        .get("labelErrorRate")
                        .isNull())
                .isTrue();
        assertThat(ctc("decode", file, "--tokens", tokens, "--targets")
                        .succeeded()
                        .out())
                .contains("CER has no rate, since the reference is empty: 0 substitutions, 1 insertion");
    }

    @Test
    void targetsAreComparedWith() throws IOException {
        JsonNode json = ctc("decode", batch, "--scores", "log-probs", "--tokens", tokens, "--targets", "--json")
                .succeeded()
                .json();
        // "b" for "a", nothing for "a", nothing for nothing
        assertThat(json.get("cer").asDouble()).isEqualTo(1);
        assertThat(ctc("decode", batch, "--scores", "log-probs", "--targets")
                        .succeeded()
                        .lines())
                .last()
                .isEqualTo("labels 100%: 1 substitution, 0 insertions, 1 deletion of 2 labels");
    }

    @Test
    void textsAreWrittenForScore() throws IOException {
        Path out = directory.resolve("out.txt");
        ctc("decode", batch, "--scores", "log-probs", "--tokens", tokens, "--out", out)
                .succeeded();
        assertThat(out).hasContent("b\n\n\n");
        Path reference = write("ref.txt", "a\n\n\n");
        assertThat(ctc("score", "--ref", reference, "--hyp", out).succeeded().lines())
                .last()
                .isEqualTo("WER 100%: 1 substitution, 0 insertions, 0 deletions of 1 words");
    }

    @ParameterizedTest
    @CsvSource({
        "--lexicon words.txt, --lexicon",
        "--out out.txt, --out writes text",
        "--beam 1 --nbest 2, --beam 1 takes the best path",
        "--beam 1 --rescore, --beam 1 takes the best path",
        "--beam 0, --beam",
        "--token-threshold -1, --token-threshold",
        "--tokens none.txt, none.txt: cannot be read: no such file"
    })
    void badUsage(String options, String message) {
        Object[] args = ("decode " + batch + " " + options).split(" ");
        ctc(args).failed(ExitCode.BAD_INPUT, message);
    }

    @Test
    void scoresWithoutTargetsSayAsMuch() throws IOException {
        String logits = "{\"blank\": 0, \"logits\": [[[0.1, 0.4, 0.3, 0.2]], [[0.3, 0.1, 0.6, 0.2]]]";
        Path unlabelled = write("unlabelled.json", logits + "}");
        Path labelled = write("labelled.json", logits + ", \"targets\": [[1]]}");
        assertThat(ctc("decode", unlabelled, "--json").succeeded().out())
                .isEqualTo(ctc("decode", labelled, "--json").succeeded().out());
        ctc("decode", unlabelled, "--targets").failed(ExitCode.BAD_INPUT, "targets is missing");
        ctc("decode", write("lengths.json", logits + ", \"target_lengths\": [1]}"))
                .failed(ExitCode.BAD_INPUT, "targets is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "--hot-bonus 3, --hot-words",
        "--lm-weight 1, --lm gives",
        "--word-bonus 1, --lm gives",
        "--lm-tokens, --lm gives",
        "--oov-cost 2, --lexicon or --lm"
    })
    void whatSaysNothingWithoutAnotherOptionIsRefused(String options, String message) {
        Object[] args = ("decode " + batch + " --tokens " + tokens + " " + options).split(" ");
        ctc(args).failed(ExitCode.BAD_INPUT, message);
    }

    @Test
    void tokensOfAnotherModel() throws IOException {
        Path others = write("others.txt", "a 0\nb 1\n");
        ctc("decode", batch, "--tokens", write("one.txt", "a\n"))
                .failed(ExitCode.BAD_INPUT, "one.txt: 1 tokens do not suit 4 symbols");
        ctc("decode", batch, "--tokens", tokens, "--blank", 3).failed(ExitCode.BAD_INPUT, "token 0 is <blk>");
        ctc("decode", batch, "--tokens", tokens, "--beam", 1, "--lexicon", others)
                .failed(ExitCode.BAD_INPUT, "--beam 1 takes the best path");
        ctc("decode", batch, "--tokens", tokens, "--lm", others).failed(ExitCode.BAD_INPUT, "ARPA format");
        ctc("decode", batch, "--tokens", tokens, "--lexicon", others, "--oov-cost", -1)
                .failed(ExitCode.BAD_INPUT, "--oov-cost");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
