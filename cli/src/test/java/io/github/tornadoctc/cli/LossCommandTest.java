package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
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
        assertThat(ran.lines()).hasSize(6);
        assertThat(ran.lines().get(0)).isEqualTo("utterance  T  U      loss  status");
        assertThat(ran.lines().get(1)).isEqualTo("        0  1  1  0.693147  OK");
        assertThat(ran.lines().get(2)).isEqualTo("        1  1  2       inf  INFEASIBLE");
        assertThat(ran.lines().get(3)).isEqualTo("        2  1  1       nan  NON_FINITE");
        assertThat(ran.lines().get(5)).startsWith("sum nan  (cpu: CPU");
    }

    @Test
    void jsonHasTheFieldsOfTheContract() throws IOException {
        JsonNode json = ctc("loss", write(ONE_OF_EACH), "--backend", "cpu", "--json")
                .succeeded()
                .json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("backend", "device", "losses", "statuses", "reduced");
        assertThat(json.get("backend").asText()).isEqualTo("cpu");
        assertThat(json.get("losses").get(0).doubleValue()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(json.get("losses").get(1).textValue()).isEqualTo("inf");
        assertThat(json.get("losses").get(2).textValue()).isEqualTo("nan");
        assertThat(texts(json.get("statuses"))).containsExactly("OK", "INFEASIBLE", "NON_FINITE");
        assertThat(json.get("reduced").textValue()).isEqualTo("nan");
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
            ctc("loss", file, "--grad", gradient).failed(ExitCode.BAD_INPUT, "is not a regular file");
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
