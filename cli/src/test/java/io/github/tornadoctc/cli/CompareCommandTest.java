package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tornadoctc.BatchTooLargeException;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final double BRIEF = 0.001;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void writeBatch() throws IOException {
        file = directory.resolve("batch.npz");
        BatchFile.write(file, new CtcShape("small", 6, 3, 4, 2).randomBatch(1));
    }

    @AfterEach
    void makeNoMistake() {
        WrongProvider.make(null);
    }

    @Test
    void everyUsableBackendIsCompared() {
        Ran ran = ctc("compare", "--seconds", BRIEF, file).succeeded();
        assertThat(ran.lines().get(0)).isEqualTo(file + "  T=6 B=3 V=4 U=2");
        assertThat(ran.out()).contains("\ncpu ", "\nreference ", "absent left out: nobody built it");
    }

    @Test
    void onlyNamedBackendsAreCompared() throws IOException {
        JsonNode json = ctc("compare", "--seconds", BRIEF, file, "--backend", "cpu,reference", "--json")
                .succeeded()
                .json();
        JsonNode input = json.get("inputs").get(0);
        assertThat(input.get("backends")).hasSize(2);
        assertThat(input.get("backends").get(0).get("backend").asText()).isEqualTo("cpu");
        assertThat(input.get("skipped")).isEmpty();
    }

    @Test
    void jsonIsOneObjectForAllInputs() throws IOException {
        JsonNode json = ctc("compare", "--seconds", BRIEF, file, "--shapes", "a", "--backend", "cpu", "--json")
                .succeeded()
                .json();
        assertThat(json.get("passed").booleanValue()).isTrue();
        assertThat(json.get("failures")).isEmpty();
        assertThat(json.get("inputs")).hasSize(2);
        assertThat(json.get("inputs").get(1).get("input").asText()).isEqualTo("A");
        JsonNode backend = json.get("inputs").get(1).get("backends").get(0);
        assertThat(backend.get("maxRelativeLossError").doubleValue()).isLessThan(1e-12);
        assertThat(backend.get("maxGradientError").doubleValue()).isPositive().isLessThan(1e-7);
        assertThat(backend.get("statusesEqual").booleanValue()).isTrue();
        assertThat(backend.get("milliseconds").doubleValue()).isPositive();
        assertThat(backend.get("discardedCalls").isInt()).isTrue();
        assertThat(backend.get("steady").isBoolean()).isTrue();
    }

    @Test
    void theReferenceIsNotRoundedToFloats() {
        Ran ran = ctc("compare", "--seconds", BRIEF, file, "--backend", "reference", "--max-gradient-error", 0);
        assertThat(ran.exitCode()).isEqualTo(ExitCode.COMPARISON_FAILED);
    }

    @Test
    void whatBrokeAThresholdIsNamed() {
        WrongProvider.make((batch, result) -> {
            long index = batch.rowOffset(2, 1) + 3;
            float right = result.gradient().getAtIndex(ValueLayout.JAVA_FLOAT, index);
            result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, index, right + 0.5f);
        });
        Ran ran = ctc("compare", "--seconds", BRIEF, file, "--backend", "wrong,cpu");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.COMPARISON_FAILED);
        assertThat(ran.err().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("error 5.00e-01 is more than 1.00e-05"))
                .anyMatch(line -> line.startsWith("ctc: %s: wrong: gradient[t=2][b=1][v=3] = ".formatted(file)))
                .anyMatch(line -> line.startsWith("ctc: %s: wrong: rowSum[t=2][b=1] = ".formatted(file)));
        assertThat(ran.out()).contains("FAILED", "ok");
    }

    @Test
    void aDifferenceThatIsNotANumberIsAFailure() throws IOException {
        WrongProvider.make((batch, result) ->
                result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, batch.rowOffset(0, 0), Float.NaN));
        Ran ran = ctc("compare", "--seconds", BRIEF, file, "--json", "--max-gradient-error", "1e9");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.COMPARISON_FAILED);
        JsonNode json = ran.json();
        assertThat(json.get("passed").booleanValue()).isFalse();
        assertThat(json.get("failures").get(0).asText()).contains("gradient[t=0][b=0][v=0] = NaN");
    }

    @Test
    void aBackendThatFailsIsNamed() {
        WrongProvider.make((batch, result) -> {
            throw new IllegalStateException("out of device memory");
        });
        ctc("compare", "--seconds", BRIEF, file, "--backend", "wrong")
                .failed(ExitCode.FAILED, "backend wrong failed: out of device memory", "--stacktrace");
    }

    @Test
    void aNamedBackendThatIsNotThere() {
        ctc("compare", "--seconds", BRIEF, file, "--backend", "cpu,absent")
                .failed(ExitCode.NO_DEVICE, "backend absent cannot be used");
    }

    @Test
    void longBatchesAreTooBigForTheEmulatorUnasked() {
        assertThat(ComparedBackends.isBig(BenchmarkShapes.batch(BenchmarkShapes.B)))
                .isTrue();
        assertThat(ComparedBackends.isBig(BenchmarkShapes.batch(BenchmarkShapes.A)))
                .isFalse();
    }

    @Test
    void aDeviceIsPartOfTheName() throws IOException {
        JsonNode json = ctc("compare", "--seconds", BRIEF, file, "--backend", "cpu,emulator@0:0", "--json")
                .succeeded()
                .json();
        JsonNode compared = json.get("inputs").get(0).get("backends");
        assertThat(compared.get(0).get("backend").asText()).isEqualTo("cpu");
        assertThat(compared.get(1).get("backend").asText()).isEqualTo("emulator@0:0");
    }

    @Test
    void aDeviceThatIsNotThere() {
        ctc("compare", "--seconds", BRIEF, file, "--backend", "cpu,emulator@7:7")
                .failed(ExitCode.NO_DEVICE, "7:7");
    }

    @Test
    void resultsThatDifferFromRunToRunAreAFailure() throws IOException {
        AtomicInteger runs = new AtomicInteger();
        WrongProvider.make((batch, result) -> {
            float slip = runs.getAndIncrement() == 2 ? 1e-6f : 0;
            long index = batch.rowOffset(2, 1) + 3;
            float right = result.gradient().getAtIndex(ValueLayout.JAVA_FLOAT, index);
            result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, index, right + slip);
        });
        Ran ran = ctc("compare", "--seconds", BRIEF, file, "--backend", "wrong", "--repeat", 4, "--json");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.COMPARISON_FAILED);
        assertThat(ran.err()).startsWith("ctc: %s: wrong: run 3: gradient[t=2][b=1][v=3] = ".formatted(file));
        JsonNode backend = ran.json().get("inputs").get(0).get("backends").get(0);
        assertThat(backend.get("runs").intValue()).isEqualTo(4);
        assertThat(backend.get("runsThatDiffer").intValue()).isEqualTo(1);
    }

    @Test
    void theWorstElementIsNamedWithBothValues() throws IOException {
        WrongProvider.make(
                (batch, result) -> result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, batch.rowOffset(2, 1) + 3, 5));
        JsonNode worst = ctc("compare", "--seconds", BRIEF, file, "--backend", "wrong", "--json")
                .json()
                .get("inputs")
                .get(0)
                .get("backends")
                .get(0)
                .get("worstGradient");
        assertThat(worst.get("utterance").intValue()).isEqualTo(1);
        assertThat(worst.get("frame").intValue()).isEqualTo(2);
        assertThat(worst.get("symbol").intValue()).isEqualTo(3);
        assertThat(worst.get("value").doubleValue()).isEqualTo(5);
        assertThat(worst.get("reference").doubleValue()).isBetween(-1.0, 1.0);
    }

    @Test
    void aSweepGrowsOneSize() throws IOException {
        JsonNode json = ctc(
                        "compare",
                        "--seconds",
                        BRIEF,
                        "--sweep",
                        "t=10..40",
                        "--steps",
                        3,
                        "--backend",
                        "cpu",
                        "--json")
                .succeeded()
                .json();
        assertThat(json.get("inputs").valueStream().map(input -> input.get("timeSteps")
                        .intValue()))
                .containsExactly(10, 20, 40);
        assertThat(json.get("inputs")
                        .valueStream()
                        .map(input -> input.get("statuses").get("OK").intValue()))
                .containsOnly(2);
        assertThat(json.get("sweep").get("gradientErrorExponents").get("cpu").isNumber())
                .isTrue();
    }

    @Test
    void whatIsOfFilesIsRefusedWithoutOne() {
        ctc("compare", "--shapes", "A", "--blank", 0)
                .failed(ExitCode.BAD_INPUT, "--blank, --layout and --bfloat16 are of a FILE");
    }

    @Test
    void aSweepIsOneTable() {
        Ran ran = ctc("compare", "--seconds", BRIEF, "--sweep", "U=1..4", "--steps", 9, "--backend", "cpu,reference")
                .succeeded();
        assertThat(ran.lines().get(0)).isEqualTo("sweep of U, T=400 B=2 V=32 U=1 at first");
        assertThat(ran.lines().subList(2, 10)).allMatch(line -> line.matches("[1-4]  (cpu|reference) .*"));
        assertThat(ran.lines().stream().filter(line -> line.endsWith(" ok"))).hasSize(8);
    }

    @Test
    void aBackendWithoutRoomForABatchIsLeftOutAndTheOthersAreCompared() {
        WrongProvider.make((batch, result) -> {
            throw new BatchTooLargeException("an utterance needs 10 bytes, 9 may be used");
        });
        try {
            Ran ran = ctc("compare", "--seconds", BRIEF, file, "--backend", "wrong,cpu")
                    .succeeded();
            assertThat(ran.lines())
                    .contains("wrong left out: an utterance needs 10 bytes, 9 may be used")
                    .anyMatch(line -> line.startsWith("cpu "));
            ctc("compare", file, "--backend", "wrong")
                    .failed(ExitCode.FAILED, "no backend has room for it: wrong: an utterance needs 10 bytes");
        } finally {
            WrongProvider.make(null);
        }
    }

    @Test
    void tablesFitATerminalAndShapesHaveTheSizesThatTheyAreNamedFor() {
        Ran ran = ctc("compare", "--seconds", BRIEF, "--shapes", "A", "--backend", "cpu,reference")
                .succeeded();
        assertThat(ran.lines().get(0)).isEqualTo("A  T=150 B=32 V=29 U=30");
        assertThat(ran.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void theShapeOfASweepIsCutToTwoUtterances() throws IOException {
        JsonNode input = ctc(
                        "compare",
                        "--seconds",
                        BRIEF,
                        "--sweep",
                        "V=5..5",
                        "--shape",
                        "A",
                        "--backend",
                        "cpu",
                        "--json")
                .succeeded()
                .json()
                .get("inputs")
                .get(0);
        assertThat(input.get("timeSteps").intValue()).isEqualTo(150);
        assertThat(input.get("batchSize").intValue()).isEqualTo(2);
        assertThat(input.get("symbols").intValue()).isEqualTo(5);
    }

    @Test
    void aReportHasAPageATableAndTheJson() throws IOException {
        Path report = directory.resolve("new/report");
        Ran ran = ctc("compare", "--seconds", BRIEF, file, "--backend", "cpu", "--json", "--report", report)
                .succeeded();
        assertThat(report.resolve("comparison.json")).hasContent(ran.out());
        assertThat(report.resolve("comparison.csv")).content().hasLineCount(2);
        assertThat(report.resolve("index.html")).content().contains("<canvas ");
    }

    @Test
    void aReportIsNotWrittenOverAFile() throws IOException {
        byte[] before = Files.readAllBytes(file);
        ctc("compare", "--seconds", BRIEF, file, "--report", file)
                .failed(ExitCode.BAD_INPUT, "--report %s: is not a directory".formatted(file));
        assertThat(file).hasBinaryContent(before);
    }
}
