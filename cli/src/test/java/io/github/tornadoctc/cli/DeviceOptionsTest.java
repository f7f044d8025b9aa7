package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .failed(ExitCode.BAD_INPUT, "--max-device-memory = many");
    }

    @Test
    void kernelsNeedADeviceOfTornadoVm() {
        ctc("kernels", "--out", directory.resolve("out")).failed(ExitCode.NO_DEVICE, "backend tornado");
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
