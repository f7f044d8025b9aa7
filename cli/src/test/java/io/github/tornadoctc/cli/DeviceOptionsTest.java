package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options and commands for devices, where the emulator is the only one. */
class DeviceOptionsTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void writeABatch() throws IOException {
        file = directory.resolve("batch.npz");
        BatchFile.write(file, new CtcShape("small", 20, 4, 5, 3).randomBatch(1));
    }

    @Test
    void lessDeviceMemoryChangesNoLoss() throws IOException {
        JsonNode all =
                ctc("loss", file, "--backend", "emulator", "--json").succeeded().json();
        JsonNode little = ctc("loss", file, "--backend", "emulator", "--json", "--max-device-memory", "8KB")
                .succeeded()
                .json();
        assertThat(little.get("losses")).isEqualTo(all.get("losses"));
    }

    @Test
    void tooLittleDeviceMemoryIsSaidWithTheBytesNeeded() {
        ctc("loss", file, "--backend", "emulator", "--max-device-memory", "100")
                .failed(ExitCode.FAILED, "emulator: an utterance needs", "100 may be used", "; --backend cpu would do");
    }

    @Test
    void whatIsNoNumberOfBytesIsNamed() {
        ctc("loss", file, "--backend", "emulator", "--max-device-memory", "many")
                .failed(ExitCode.BAD_INPUT, "--max-device-memory", "many is not a number of bytes");
        ctc("loss", file, "--backend", "emulator", "--max-device-memory", "-1MB")
                .failed(ExitCode.BAD_INPUT, "--max-device-memory", "-1MB is not a number of bytes of 1 or more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0:", ":1", "0:1:2", "-1:0", "0:x", " "})
    void whatCanBeNoDeviceIsRefusedByEveryCommandBeforeAnythingIsOpened(String device) {
        Path absent = directory.resolve("absent.npz");
        for (List<Object> command : List.<List<Object>>of(
                List.of("loss", absent),
                List.of("align", absent),
                List.of("posteriors", absent, "--out", directory.resolve("out.npy")),
                List.of("demo"),
                List.of("soak"),
                List.of("bench", "--profile"),
                List.of("kernels", "--out", directory.resolve("out")))) {
            ctc(Stream.concat(command.stream(), Stream.of("--device=" + device)).toArray())
                    .failed(ExitCode.BAD_INPUT, "--device", device + " is not the id of a device, such as 0:1");
        }
        ctc("compare", absent, "--backend", "emulator@" + device)
                .failed(ExitCode.BAD_INPUT, "--backend", "is not the id of a device, such as 0:1");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() {
        ctc("loss", file, "--backend", "emulator", "--device", "7:8")
                .failed(ExitCode.NO_DEVICE, "device 7:8: backend emulator has only device 0:0");
        ctc("loss", file, "--backend", "cpu", "--device", "1")
                .failed(ExitCode.NO_DEVICE, "device 1: backend cpu has only device 0");
        ctc("loss", file, "--backend", "cpu", "--device", "0").succeeded();
    }

    @Test
    void kernelsNeedADeviceOfTornadoVm() {
        ctc("kernels", "--out", directory.resolve("out")).failed(ExitCode.NO_DEVICE, "backend tornado");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void kernelsAreForABenchmarkShape() {
        ctc("kernels", "--out", directory.resolve("out"), "--shape", "Q")
                .failed(ExitCode.BAD_INPUT, "--shape", "= Q is none of");
    }

    @Test
    void kernelsDoNotReplaceAFile() {
        ctc("kernels", "--out", file).failed(ExitCode.BAD_INPUT, "--out", "is not a directory");
        assertThat(Files.isRegularFile(file)).isTrue();
    }
}
