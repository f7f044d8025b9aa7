package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossCommandTest {
    /** Losses ln 2, ∞ (two labels in one frame) and NaN. */
    private static final String ONE_OF_EACH =
            """
            {"logits": [[[0, 0], [0, 0], ["nan", 0]]], "inputLengths": [1, 1, 1], "targets": [[1], [1, 1], [1]]}
            """;

    @TempDir
    Path directory;

    @Test
    void printsALinePerUtteranceAndTheReducedLoss() throws IOException {
        Ran ran = ctc("loss", write(ONE_OF_EACH), "--backend", "cpu").succeeded();
        assertThat(ran.lines()).hasSize(9);
        assertThat(ran.lines().get(0)).isEqualTo("utterance  T  U      loss  status");
        assertThat(ran.lines().get(1)).isEqualTo("        0  1  1  0.693147  OK");
        assertThat(ran.lines().get(2)).isEqualTo("        1  1  2       inf  INFEASIBLE");
        assertThat(ran.lines().get(3)).isEqualTo("        2  1  1       nan  NON_FINITE");
        assertThat(ran.lines().get(5))
                .isEqualTo("utterance 1 has no path: its 2 labels with 1 repeat need 3 frames, and it has 1");
        assertThat(ran.lines().get(6)).isEqualTo("utterance 2 has a score of nan, first at frame 0, symbol 0");
        assertThat(ran.lines().get(8)).startsWith("sum nan  (cpu: CPU");
    }

    @Test
    void jsonHasTheFieldsOfTheContract() throws IOException {
        JsonNode json = ctc("loss", write(ONE_OF_EACH), "--backend", "cpu", "--json")
                .succeeded()
                .json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "backend",
                        "device",
                        "reduction",
                        "reduced",
                        "losses",
                        "statuses",
                        "inputLengths",
                        "targetLengths",
                        "obstacles");
        assertThat(json.get("backend").asText()).isEqualTo("cpu");
        assertThat(json.get("losses").get(0).doubleValue()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(json.get("losses").get(1).textValue()).isEqualTo("inf");
        assertThat(json.get("losses").get(2).textValue()).isEqualTo("nan");
        assertThat(texts(json.get("statuses"))).containsExactly("OK", "INFEASIBLE", "NON_FINITE");
        assertThat(json.get("reduced").textValue()).isEqualTo("nan");
        assertThat(json.get("reduction").textValue()).isEqualTo("none");
        assertThat(texts(json.get("inputLengths"))).containsExactly("1", "1", "1");
        assertThat(texts(json.get("targetLengths"))).containsExactly("1", "2", "1");
        JsonNode infeasible = json.get("obstacles").get(0);
        assertThat(infeasible.get("utterance").intValue()).isOne();
        assertThat(infeasible.get("framesNeeded").intValue()).isEqualTo(3);
        assertThat(infeasible.has("frame")).isFalse();
        JsonNode nan = json.get("obstacles").get(1);
        assertThat(nan.get("utterance").intValue()).isEqualTo(2);
        assertThat(nan.get("frame").intValue()).isZero();
        assertThat(nan.get("symbol").intValue()).isZero();
    }

    @Test
    void whyThereIsNoLossWhereThereAreFramesEnough() throws IOException {
        Path file = write("{\"logits\": [[[0, \"-inf\"], [\"-inf\", \"-inf\"]]], \"targets\": [[1], [1]]}");
        assertThat(ctc("loss", file, "--backend", "reference").succeeded().lines())
                .contains(
                        "utterance 0 has a score of -inf on every path to its target",
                        "utterance 1 has no symbol that is not masked, first at frame 0");
    }

    @Test
    void manyUtterancesWithoutALossAreCounted() throws IOException {
        String frame = "[0, 0], ".repeat(12);
        String targets = "[1, 1], ".repeat(12);
        Path file = write("{\"logits\": [[%s[0, 0]]], \"targets\": [%s[1]]}".formatted(frame, targets));
        assertThat(ctc("loss", file).succeeded().lines())
                .contains("and 2 more without a finite loss, which --json tells of");
    }

    @Test
    void whatTheFileSaysIsTakenUnlessAnOptionSaysOtherwise() throws IOException {
        Path file = write("{\"log_probs\": [[[-0.6875, -0.6875]]], \"layout\": \"BTV\", \"targets\": [[1]]}");
        assertThat(loss(ctc("loss", file, "--json"))).isEqualTo(0.6875);
        assertThat(loss(ctc("loss", file, "--json", "--scores", "logits"))).isCloseTo(Math.log(2), within(1e-12));
    }

    private static double loss(Ran ran) throws IOException {
        return ran.succeeded().json().get("losses").get(0).doubleValue();
    }

    @Test
    void logitsGivenAsLogProbabilitiesGetOneLineOfWarning() throws IOException {
        Path file = write("{\"logits\": [[[-7, -3]]], \"targets\": [[1]]}");
        Ran ran = ctc("loss", file, "--scores", "log-probs", "--json");
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "ctc: warning: " + file + ": logits: probabilities of 1 of 1 frames looked at do not sum to 1");
        assertThat(ran.json().get("losses").get(0).doubleValue()).isEqualTo(3);
    }

    @Test
    void labelsPastTheirLengthInAFileAreNotRead() throws IOException {
        Path file = write(
                """
                {"logits": [[[0.1, 0.9, -0.2]], [[1.1, 0.3, 0.5]], [[0.0, 0.7, 0.2]]],
                 "inputLengths": [3], "targets": [[1, 2, 1]], "targetLengths": [1]}
                """);
        Path cut = Files.writeString(
                directory.resolve("cut.json"),
                """
                {"logits": [[[0.1, 0.9, -0.2]], [[1.1, 0.3, 0.5]], [[0.0, 0.7, 0.2]]],
                 "inputLengths": [3], "targets": [[1]]}
                """);
        assertThat(loss(ctc("loss", file, "--json"))).isEqualTo(loss(ctc("loss", cut, "--json")));
    }

    @Test
    void aBatchComesFromStandardInputToo() throws IOException {
        Path file = directory.resolve("batch.npz");
        BatchFile.write(file, new CtcShape("small", 4, 3, 5, 2).randomBatch(1));
        InputStream before = System.in;
        try (InputStream in = Files.newInputStream(file)) {
            System.setIn(in);
            assertThat(loss(ctc("loss", "-", "--json"))).isEqualTo(loss(ctc("loss", file, "--json")));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void theGradientGoesToStandardOutputAndTheRestElsewhere() throws IOException {
        Path file = write("{\"logits\": [[1, 0], [0, 2], [3, 0]], \"targets\": [1]}");
        for (String name : List.of("-", "/dev/stdout")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int code = CtcCommand.run(
                    bytes, new PrintWriter(out), new PrintWriter(err), "loss", file.toString(), "--grad", name);
            assertThat(code).isEqualTo(ExitCode.DONE);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString()).startsWith("utterance  T  U");
            Path gradient = Files.write(directory.resolve("gradient.npy"), bytes.toByteArray());
            assertThat(NpyFile.read(gradient).shape()).containsExactly(3, 2);
        }
    }

    @Test
    void whatIsNoFileIsWrittenToAndStays() throws IOException {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device));
        ctc("loss", write(ONE_OF_EACH), "--grad", device).succeeded();
        assertThat(Files.isRegularFile(device)).isFalse();
    }

    @Test
    void autoChoosesABackendThatCanBeUsed() throws IOException {
        assertThat(ctc("loss", write(ONE_OF_EACH), "--json")
                        .succeeded()
                        .json()
                        .get("backend")
                        .asText())
                .isNotEqualTo("absent");
    }

    @Test
    void zeroInfinityCountsAnInfeasibleUtteranceAsZero() throws IOException {
        Path file = write("{\"logits\": [[[0, 0]]], \"inputLengths\": [1], \"targets\": [[1, 1]]}");
        JsonNode json =
                ctc("loss", file, "--zero-infinity", "--json").succeeded().json();
        assertThat(json.get("losses").get(0).doubleValue()).isZero();
        assertThat(json.get("statuses").get(0).asText()).isEqualTo("INFEASIBLE");
        assertThat(json.get("reduced").doubleValue()).isZero();
    }

    @Test
    void reductionMeanDividesByTheTargetLength() throws IOException {
        Path file = write("{\"logits\": [[[0, 0]], [[0, 0]], [[0, 0]]], \"inputLengths\": [3], \"targets\": [[1, 1]]}");
        JsonNode none = ctc("loss", file, "--json").succeeded().json();
        JsonNode mean =
                ctc("loss", file, "--json", "--reduction", "MEAN").succeeded().json();
        assertThat(mean.get("reduced").doubleValue())
                .isCloseTo(none.get("reduced").doubleValue() / 2, within(1e-12));
    }

    @Test
    void logProbabilitiesAreTakenAsTheyAre() throws IOException {
        Path file = write("{\"logits\": [[[-0.6875, -0.6875]]], \"inputLengths\": [1], \"targets\": [[1]]}");
        JsonNode json =
                ctc("loss", file, "--scores", "log-probs", "--json").succeeded().json();
        assertThat(json.get("losses").get(0).doubleValue()).isEqualTo(0.6875);
    }

    @Test
    void theBlankAskedForIsTaken() throws IOException {
        Path file = write("{\"blank\": 0, \"logits\": [[[1, 0]]], \"inputLengths\": [1], \"targets\": [[0]]}");
        ctc("loss", file, "--blank", 1).succeeded();
        ctc("loss", file).failed(ExitCode.BAD_INPUT, file.toString(), "targets[0][0] = 0 is the blank");
    }

    @Test
    void zeroUtterancesAreAnEmptyResult() throws IOException {
        Path file = write("{\"logits\": [], \"inputLengths\": [], \"targets\": []}");
        JsonNode json = ctc("loss", file, "--json").succeeded().json();
        assertThat(json.get("losses")).isEmpty();
        assertThat(json.get("statuses")).isEmpty();
        assertThat(json.get("reduced").doubleValue()).isZero();
        assertThat(ctc("loss", file).succeeded().lines().get(0)).startsWith("utterance");
    }

    @Test
    void gradientIsWrittenInTheShapeOfTheScores() throws IOException {
        Path file = directory.resolve("batch.npz");
        BatchFile.write(file, new CtcShape("small", 4, 3, 5, 2).randomBatch(1));
        Path gradient = directory.resolve("gradient.npy");

        ctc("loss", file, "--grad", gradient).succeeded();
        NpyArray timeMajor = NpyFile.read(gradient);
        assertThat(timeMajor.shape()).containsExactly(4, 3, 5);
        assertThat(timeMajor.type().descr()).isEqualTo("<f4");
        // the softmax and the posterior of the first frame both sum to 1
        assertThat(Stream.iterate(0, v -> v + 1)
                        .limit(5)
                        .mapToDouble(timeMajor::doubleAt)
                        .sum())
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void gradientOfABatchMajorFileIsBatchMajor() throws IOException {
        Path file = write("{\"logits\": [[[1, 0], [0, 2], [3, 0]]], \"inputLengths\": [3], \"targets\": [[1]]}");
        Path gradient = directory.resolve("gradient.npy");
        ctc("loss", file, "--layout", "BTV", "--grad", gradient).succeeded();
        assertThat(NpyFile.read(gradient).shape()).containsExactly(1, 3, 2);
    }

    @Test
    void anOldGradientIsReplaced() throws IOException {
        Path gradient = Files.writeString(directory.resolve("gradient.npy"), "old");
        ctc("loss", write(ONE_OF_EACH), "--grad", gradient).succeeded();
        assertThat(NpyFile.read(gradient).shape()).containsExactly(1, 3, 2);
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void noGradientIsWrittenOverADirectory() throws IOException {
        Path file = write(ONE_OF_EACH);
        for (Path gradient : List.of(directory, Path.of("/"))) {
            ctc("loss", file, "--grad", gradient).failed(ExitCode.BAD_INPUT, "is a directory");
        }
    }

    @Test
    void anOldGradientStaysIfThereIsNoNewOne() throws IOException {
        Path gradient = Files.writeString(directory.resolve("gradient.npy"), "old");
        Path bad = write("{\"logits\": [[[0, 0]]], \"inputLengths\": [1], \"targets\": [[5]]}");
        ctc("loss", bad, "--grad", gradient).failed(ExitCode.BAD_INPUT, "targets[0][0] = 5");
        assertThat(gradient).hasContent("old");
    }

    @Test
    void gradientThatCannotBeWritten() throws IOException {
        Path file = write(ONE_OF_EACH);
        Path nowhere = directory.resolve("none").resolve("gradient.npy");
        ctc("loss", file, "--grad", nowhere)
                .failed(ExitCode.BAD_INPUT, "--grad " + nowhere, "directory does not exist");
        ctc("loss", file, "--grad", directory).failed(ExitCode.BAD_INPUT, directory + ": cannot be written");
    }

    @Test
    void backendThatIsNotThere() throws IOException {
        ctc("loss", write(ONE_OF_EACH), "--backend", "absent")
                .failed(ExitCode.NO_DEVICE, "backend absent cannot be used here", "nobody built it");
    }

    @Test
    void deviceThatIsNotThere() throws IOException {
        ctc("loss", write(ONE_OF_EACH), "--backend", "cpu", "--device", "3:1").failed(ExitCode.NO_DEVICE, "device 3:1");
    }

    private Path write(String json) throws IOException {
        return Files.writeString(directory.resolve("batch.json"), json);
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}
