package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    private static final double BRIEF = 0.001;

    @AfterEach
    void makeNoMistake() {
        WrongProvider.make(null);
    }

    @Test
    void aRowForEachShapeBackendAndMode() {
        Ran ran = ctc("bench", "--shapes", "a", "--backend", "cpu,reference", "--seconds", BRIEF)
                .succeeded();
        List<String> headers =
                ran.lines().stream().filter(line -> line.startsWith("shape")).toList();
        assertThat(String.join("", headers)).contains("utterances/s", "frames/s", "GB/s", "of copy", "discarded");
        assertThat(ran.lines().stream().takeWhile(line -> !line.startsWith("A: ")))
                .allMatch(line -> line.length() <= 80);
        assertThat(ran.lines().subList(1, 5))
                .satisfiesExactly(
                        row -> assertThat(row).matches("A +cpu +step .*"),
                        row -> assertThat(row).matches("A +cpu +loss .*"),
                        row -> assertThat(row).matches("A +reference +step .*"),
                        row -> assertThat(row).matches("A +reference +loss .*"));
        assertThat(ran.out()).contains("A: T=150 B=32 V=29 U=30, 32 of 32 utterances checked");
    }

    @Test
    void jsonHasTheRowsAsOneObject() throws IOException {
        JsonNode json = ctc(
                        "bench", "--shapes", "A", "--backend", "cpu", "--mode", "loss", "--seconds", BRIEF, "--json")
                .succeeded()
                .json();
        assertThat(json.get("copyGigabytesPerSecond").doubleValue()).isPositive();
        JsonNode result = json.get("results").get(0);
        assertThat(json.get("results")).hasSize(1);
        assertThat(result.get("mode").asText()).isEqualTo("loss");
        assertThat(result.get("lowerQuartile").doubleValue())
                .isPositive()
                .isLessThanOrEqualTo(result.get("milliseconds").doubleValue());
        assertThat(result.get("discardedCalls").isInt()).isTrue();
        assertThat(result.get("steady").isBoolean()).isTrue();
        assertThat(result.get("checkedUtterances").intValue()).isEqualTo(32);
        assertThat(result.get("fractionOfCopy").doubleValue()).isPositive();
    }

    @Test
    void whatIsWrongIsNotTimed() {
        WrongProvider.make((batch, result) ->
                result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, batch.rowOffset(2, 1) + 3, 0.5f));
        ctc("bench", "--shapes", "A", "--backend", "wrong", "--mode", "step", "--seconds", BRIEF)
                .failed(
                        ExitCode.FAILED,
                        "backend wrong is wrong, so it is not timed: shape A: gradient[t=2][b=1][v=3]");
    }

    @Test
    void aNamedBackendThatIsNotThere() {
        ctc("bench", "--backend", "cpu,absent").failed(ExitCode.NO_DEVICE, "backend absent cannot be used here");
    }

    @Test
    void alignmentIsAMode() throws IOException {
        JsonNode json = ctc(
                        "bench", "--shapes", "A", "--backend", "cpu", "--mode", "align", "--seconds", BRIEF, "--json")
                .succeeded()
                .json();
        JsonNode result = json.get("results").get(0);
        assertThat(result.get("mode").asText()).isEqualTo("align");
        assertThat(result.get("milliseconds").doubleValue()).isPositive();
        assertThat(result.get("checkedUtterances").intValue()).isPositive();
    }

    @Test
    void scoresAndGradientMayBeInMemoryOfTheBackend() throws IOException {
        JsonNode json = ctc(
                        "bench",
                        "--shapes",
                        "A",
                        "--backend",
                        "cpu,emulator",
                        "--lent",
                        "--layout",
                        "BTV",
                        "--mode",
                        "loss",
                        "--seconds",
                        BRIEF,
                        "--json")
                .succeeded()
                .json();
        assertThat(json.get("lent").booleanValue()).isTrue();
        assertThat(json.get("layout").textValue()).isEqualTo("BTV");
        assertThat(json.get("results").findValuesAsText("backend")).containsExactly("cpu", "emulator");
    }

    @Test
    void aProfileHasKernelsAndCopiesInTheirOrder() throws IOException {
        JsonNode json = ctc(
                        "bench",
                        "--profile",
                        "--backend",
                        "emulator",
                        "--shapes",
                        "A",
                        "--mode",
                        "loss",
                        "--seconds",
                        BRIEF,
                        "--json")
                .succeeded()
                .json();
        assertThat(json.get("copyGigabytesPerSecond").doubleValue()).isPositive();
        JsonNode profile = json.get("profiles").get(0);
        assertThat(profile.get("works").findValuesAsText("name"))
                .containsExactly("copy in", "ctcRows", "ctcApproach", "ctcLikelihood", "copy out");
        JsonNode approach = profile.get("works").get(2);
        assertThat(approach.get("steps").intValue()).isEqualTo(75);
        assertThat(approach.get("bytes").longValue()).isPositive();
        assertThat(approach.get("nanosecondsPerStep").doubleValue()).isPositive();
        assertThat(profile.get("residentDiscardedCalls").isInt()).isTrue();
        assertThat(profile.get("residentSteady").isBoolean()).isTrue();
        assertThat(profile.get("copyOutReported").booleanValue()).isTrue();
        assertThat(profile.get("works").get(4).get("bytes").longValue()).isPositive();
        assertThat(profile.get("deviceMilliseconds").doubleValue()).isPositive();
        assertThat(profile.get("residentMilliseconds").doubleValue()).isPositive();
        assertThat(profile.get("kernelMilliseconds").doubleValue()).isPositive();
    }

    @Test
    void whatIsTimedIsWrittenForOthers(@TempDir Path directory) throws IOException {
        ctc("bench", "--shapes", "A", "--backend", "cpu", "--seconds", BRIEF, "--inputs", directory.resolve("in"))
                .succeeded();
        CtcBatch batch = BatchFile.read(directory.resolve("in").resolve("A.npz"));
        assertThat(batch.scores()
                        .mismatch(BenchmarkShapes.batch(BenchmarkShapes.A).scores()))
                .isEqualTo(-1);
    }

    @Test
    void scoresCanBeMadePeaked(@TempDir Path directory) throws IOException {
        JsonNode json = ctc(
                        "bench",
                        "--shapes",
                        "A",
                        "--backend",
                        "cpu",
                        "--scale",
                        30,
                        "--seconds",
                        BRIEF,
                        "--inputs",
                        directory,
                        "--json")
                .succeeded()
                .json();
        assertThat(json.get("scale").doubleValue()).isEqualTo(30);
        CtcBatch batch = BatchFile.read(directory.resolve("A.npz"));
        CtcBatch normal = BenchmarkShapes.batch(BenchmarkShapes.A);
        for (int i = 0; i < 100; i++) {
            assertThat(batch.scores().getAtIndex(ValueLayout.JAVA_FLOAT, i))
                    .isEqualTo(30 * normal.scores().getAtIndex(ValueLayout.JAVA_FLOAT, i));
        }
        assertThat(batch.target(0)).isEqualTo(normal.target(0));
    }

    @Test
    void onlyOneBackendThatHasKernelsIsProfiled() {
        ctc("bench", "--profile", "--backend", "cpu,emulator")
                .failed(ExitCode.BAD_INPUT, "--profile is of one backend");
        ctc("bench", "--profile", "--mode", "align")
                .failed(ExitCode.BAD_INPUT, "--profile is of step and loss, not of align");
        ctc("bench", "--inputs", "pom.xml").failed(ExitCode.BAD_INPUT, "--inputs pom.xml: is not a directory");
        ctc("bench", "--plot", "pom.xml").failed(ExitCode.BAD_INPUT, "--plot pom.xml: is not a directory");
        ctc("bench", "--profile", "--lent").failed(ExitCode.BAD_INPUT, "--lent does not go with --profile");
        ctc("bench", "--profile", "--layout", "BTV").failed(ExitCode.BAD_INPUT, "--layout does not go with --profile");
        ctc("bench", "--layout", "TBV", "--inputs", "target")
                .failed(ExitCode.BAD_INPUT, "--layout does not go with --inputs, which writes TBV");
        ctc("bench", "--layout", "VTB").failed(ExitCode.BAD_INPUT, "VTB is none of TBV, BTV");
        ctc("bench", "--lent", "--mode", "align")
                .failed(ExitCode.BAD_INPUT, "--lent is for step and loss, not for align");
        ctc("bench", "--profile", "--backend", "cpu").failed(ExitCode.BAD_INPUT, "--backend cpu runs no kernels");
    }

    @Test
    void plotsNeedADirectory(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        ctc("bench", "--plot", file).failed(ExitCode.BAD_INPUT, "--plot " + file);
        ctc("bench", "--inputs", file).failed(ExitCode.BAD_INPUT, "--inputs " + file);
        ctc("bench", "--device", "0:0").failed(ExitCode.BAD_INPUT, "--device goes with --profile only");
        ctc("bench", "--plot", directory, "--profile").failed(ExitCode.BAD_INPUT, "--plot does not go with --profile");
    }

    @Test
    void optionsOutOfRange() {
        ctc("bench", "--seconds", "0").failed(ExitCode.BAD_INPUT, "0 is not a number of seconds above 0");
        ctc("bench", "--mode", "train").failed(ExitCode.BAD_INPUT, "train is none of step, loss, both");
        ctc("bench", "--shapes", "I").failed(ExitCode.BAD_INPUT, "shape = I is none of A, B, C, D, E, F, G, H");
        ctc("bench", "--scale", "0").failed(ExitCode.BAD_INPUT, "0 is not a number above 0");
    }
}
