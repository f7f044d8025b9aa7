package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyType;
import io.github.tornadoctc.io.NpzFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class CtcCommandTest {
    @Test
    void versionIsTheOneThatMavenBuilt() {
        assertThat(ctc("--version").succeeded().out()).matches("TornadoCTC \\d+\\.\\d+\\.\\S+\\RJava 25\\S*, .*\\R");
    }

    @Test
    void helpListsTheCommandsAndTheExitCodes() {
        assertThat(ctc("--help").succeeded().out())
                .contains("loss", "compare", "devices", "demo", "Exit codes:", "bad usage or bad input");
    }

    @Test
    void everyCommandAndEveryOptionHasAHelpText() {
        new CommandLine(new CtcCommand()).getSubcommands().forEach((name, command) -> {
            assertThat(ctc(name, "--help").succeeded().out()).startsWith("Usage: ctc " + name);
            assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
            for (ArgSpec argument : command.getCommandSpec().args()) {
                assertThat(argument.description()).as("%s %s", name, argument).isNotEmpty();
            }
        });
    }

    @Test
    void helpOfACommandListsEveryBackend() {
        String help = ctc("loss", "--help").succeeded().out().replaceAll("\\s+", " ");
        for (CtcBackendProvider provider : CtcBackends.providers()) {
            assertThat(help).containsPattern("\\b" + provider.name() + "\\b");
        }
    }

    @Test
    void verboseSaysWhatAFileIsConvertedFrom(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("batch.npz");
        NpzFile.write(
                file,
                Map.of(
                        "logits", NpyArray.of(NpyType.FLOAT64, MemorySegment.ofArray(new double[2]), 1, 1, 2),
                        "targets", NpyArray.ofInts(new int[] {1}, 1, 1)));
        assertThat(logged("loss", file)).isEmpty();
        assertThat(logged("loss", file, "-v")).contains("logits: float64 is converted to float32");
    }

    @Test
    void devicesListsBackendsAndWhyOneCannotBeUsed() {
        assertThat(ctc("devices").succeeded().lines())
                .anyMatch(line -> line.matches("cpu +0 .*"))
                .anyMatch(line -> line.matches("absent +- +- +cannot be used: nobody built it"));
    }

    @Test
    void devicesAsJson() throws IOException {
        for (JsonNode backend : ctc("devices", "--json").succeeded().json().get("backends")) {
            boolean usable = backend.get("usable").booleanValue();
            assertThat(backend.has("reason")).isEqualTo(!usable);
            assertThat(backend.get("devices").isEmpty()).isEqualTo(!usable);
        }
    }

    @Test
    void verboseLogsToStderrWhyABackendWasChosen(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("batch.json"), "{\"logits\": [], \"inputLengths\": [], \"targets\": []}");
        assertThat(logged("loss", file, "--json")).isEmpty();
        assertThat(logged("loss", file, "--json", "-v")).contains("backend absent passed over: nobody built it");
    }

    /** What a command that succeeds logs. */
    private static String logged(Object... args) {
        PrintStream stderr = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            ctc(args).succeeded();
            return logged.toString(StandardCharsets.UTF_8);
        } finally {
            System.setErr(stderr);
        }
    }
}
