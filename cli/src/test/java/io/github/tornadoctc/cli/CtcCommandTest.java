package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        PrintStream stderr = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            ctc("loss", file, "--json").succeeded().json();
            assertThat(logged.toString(StandardCharsets.UTF_8)).isEmpty();
            ctc("loss", file, "--json", "-v").succeeded().json();
            assertThat(logged.toString(StandardCharsets.UTF_8)).contains("backend absent passed over: nobody built it");
        } finally {
            System.setErr(stderr);
        }
    }
}
