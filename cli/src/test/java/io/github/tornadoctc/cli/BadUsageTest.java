package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyType;
import io.github.tornadoctc.io.NpzFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad usage and bad input end with exit code 2 and one line that names the file, the argument and the value. */
class BadUsageTest {
    @TempDir
    Path directory;

    @Test
    void noCommand() {
        ctc().failed(ExitCode.BAD_INPUT, "a command is missing: loss, compare");
    }

    @Test
    void unknownCommand() {
        ctc("lose", "x.npz").failed(ExitCode.BAD_INPUT, "lose is no command; there are loss, compare");
    }

    @Test
    void noFile() {
        ctc("loss").failed(ExitCode.BAD_INPUT, "FILE", "(see ctc loss --help)");
        ctc("compare").failed(ExitCode.BAD_INPUT, "FILE", "--shapes");
    }

    @Test
    void unknownOption() {
        ctc("loss", "x.npz", "--fast").failed(ExitCode.BAD_INPUT, "there is no option --fast (see ctc loss --help)");
        ctc("loss", "--fast", "x.npz").failed(ExitCode.BAD_INPUT, "there is no option --fast (see ctc loss --help)");
    }

    @Test
    void argumentOfSeveralLines() {
        ctc("loss", "x.npz", "--fast\n--faster").failed(ExitCode.BAD_INPUT, "--fast --faster");
    }

    @ParameterizedTest
    @CsvSource({
        "loss, --backend, gpu",
        "loss, --layout, VTB",
        "loss, --scores, probs",
        "loss, --reduction, max",
        "loss, --blank, none",
        "loss, --blank, 3000000000",
        "compare, --backend, gpu",
        "compare, --shapes, Z",
        "compare, --backend, cpu@",
        "compare, --backend, auto@0",
        "compare, --seed, x",
        "compare, --repeat, 0",
        "compare, --repeat, x",
        "compare, --steps, -1",
        "compare, --sweep, T",
        "compare, --sweep, T=1",
        "compare, --sweep, X=1..2",
        "compare, --sweep, T=0..2",
        "compare, --sweep, V=1..2",
        "compare, --sweep, T=3..2",
        "compare, --sweep, T=1..99999999999",
        "compare, --shape, Z",
        "compare, --max-loss-error, nan",
        "compare, --max-gradient-error, -1",
        "compare, --max-gradient-error, small",
    })
    void valueThatAnOptionDoesNotTake(String command, String option, String value) {
        ctc(command, "x.npz", option, value).failed(ExitCode.BAD_INPUT, option, value);
    }

    @Test
    void optionsOfASweepWithoutASweep() {
        ctc("compare", "x.npz", "--steps", 3).failed(ExitCode.BAD_INPUT, "--steps needs --sweep");
        ctc("compare", "x.npz", "--shape", "A").failed(ExitCode.BAD_INPUT, "--shape needs --sweep");
    }

    @Test
    void deviceWithoutABackend() throws IOException {
        Path file = json("{\"logits\": [], \"inputLengths\": [], \"targets\": []}");
        ctc("loss", file, "--device", "0:1")
                .failed(ExitCode.BAD_INPUT, "--device 0:1 is one of a backend", "--backend tornado");
    }

    @ParameterizedTest
    @ValueSource(strings = {"loss", "compare"})
    void missingFile(String command) {
        Path file = directory.resolve("none.npz");
        ctc(command, file).failed(ExitCode.BAD_INPUT, file + ": cannot be read: no such file");
    }

    @Test
    void aNameThatBeginsWithAnAtSignIsAFile() {
        ctc("loss", "@none").failed(ExitCode.BAD_INPUT, "@none: cannot be read: no such file");
    }

    @Test
    void notABatchFile() throws IOException {
        Path file = Files.writeString(directory.resolve("batch.npz"), "text");
        ctc("loss", file).failed(ExitCode.BAD_INPUT, file + ": is neither .npz nor .safetensors nor a JSON object");
    }

    @Test
    void truncatedNpz() throws IOException {
        Path file = npz("blank", NpyArray.ofInts(new int[] {0}));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        ctc("loss", file).failed(ExitCode.BAD_INPUT, file + ": cannot be read as .npz");
    }

    @Test
    void logitsOfTheWrongType() throws IOException {
        assertBad("logits", NpyArray.ofInts(new int[12], 2, 2, 3), "logits: dtype = int32 is no floating-point type");
    }

    @Test
    void logitsOfTheWrongRank() throws IOException {
        assertBad("logits", floats(12), "logits: shape = (12,) is not of 3 axes");
    }

    @Test
    void lengthsOfTheWrongType() throws IOException {
        assertBad(
                "input_lengths",
                floats(2),
                "input_lengths: dtype = float32 is no integer type; save input_lengths.astype(numpy.int64)");
    }

    @Test
    void inputLengthPastTheFrames() throws IOException {
        assertBad("input_lengths", NpyArray.ofInts(new int[] {2, 9}, 2), "input_lengths[1] = 9 is not between 0 and 2");
    }

    @Test
    void targetLengthPastThePadding() throws IOException {
        assertBad(
                "target_lengths", NpyArray.ofInts(new int[] {9, 1}, 2), "target_lengths[0] = 9 is not between 0 and 1");
    }

    @Test
    void labelThatIsTheBlank() throws IOException {
        assertBad("targets", NpyArray.ofInts(new int[] {1, 0}, 2, 1), "targets[1][0] = 0 is the blank");
    }

    @Test
    void labelPastTheSymbols() throws IOException {
        assertBad("targets", NpyArray.ofInts(new int[] {1, 3}, 2, 1), "targets[1][0] = 3 is not a symbol");
    }

    @Test
    void negativeLabel() throws IOException {
        assertBad("targets", NpyArray.ofInts(new int[] {-1, 1}, 2, 1), "targets[0][0] = -1 is not a symbol");
    }

    @Test
    void moreTargetsThanUtterances() throws IOException {
        assertBad("targets", NpyArray.ofInts(new int[] {1, 1, 1}, 3, 1), "targets has 3 rows for a batch of 2");
    }

    @Test
    void blankPastTheSymbols() throws IOException {
        Path file = npz("blank", NpyArray.ofInts(new int[] {0}));
        ctc("loss", file, "--blank", 7).failed(ExitCode.BAD_INPUT, file.toString(), "blank = 7 is not between 0 and 2");
        ctc("loss", file, "--blank", -1).failed(ExitCode.BAD_INPUT, file.toString(), "blank = -1");
    }

    @Test
    void raggedJson() throws IOException {
        Path file = json("{\"logits\": [[[1, 2], [3]]], \"inputLengths\": [1, 1], \"targets\": [[1], [1]]}");
        ctc("loss", file).failed(ExitCode.BAD_INPUT, file + ": logits[0][1] has 1 scores, but logits[0][0] has 2");
    }

    @Test
    void truncatedJson() throws IOException {
        Path file = json("{\"logits\": [[[1, 2");
        ctc("loss", file, "--json").failed(ExitCode.BAD_INPUT, file + ": line 1, column ");
    }

    @Test
    void stackTraceIsPrintedWhenAskedFor() {
        Ran ran = ctc("loss", "none.npz", "--stacktrace");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ran.err())
                .startsWith("ctc: none.npz: cannot be read: no such file")
                .contains("\tat io.github");
    }

    private void assertBad(String name, NpyArray array, String message) throws IOException {
        Path file = npz(name, array);
        ctc("loss", file).failed(ExitCode.BAD_INPUT, file + ": " + message);
    }

    /** A valid batch, T=2, B=2, V=3, but for one array. */
    private Path npz(String name, NpyArray array) throws IOException {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("logits", floats(2, 2, 3));
        arrays.put("input_lengths", NpyArray.ofInts(new int[] {2, 1}, 2));
        arrays.put("targets", NpyArray.ofInts(new int[] {1, 2}, 2, 1));
        arrays.put("target_lengths", NpyArray.ofInts(new int[] {1, 1}, 2));
        arrays.put(name, array);
        Path file = directory.resolve("batch.npz");
        NpzFile.write(file, arrays);
        return file;
    }

    private Path json(String text) throws IOException {
        return Files.writeString(directory.resolve("batch.json"), text);
    }

    private static NpyArray floats(int... shape) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return NpyArray.of(NpyType.FLOAT32, Arena.ofAuto().allocate((long) size * Float.BYTES), shape);
    }
}
