package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {
    private static final String CACHE = "tornadoctc.cache";

    @TempDir
    Path cache;

    @BeforeEach
    void keepItElsewhere() {
        System.setProperty(CACHE, cache.toString());
    }

    @AfterEach
    void keepItWhereTheUserDoes() {
        System.clearProperty(CACHE);
    }

    @Test
    void nothingIsShownBeforeSomethingIsMeasured() {
        assertThat(ctc("calibrate", "--show").succeeded().out())
                .contains("Nothing is kept", "cpu not measured: nothing is kept", "tornado not measured: ", "SDK");
    }

    @Test
    void whatCannotBeKeptIsNotSaidToBe() throws IOException {
        System.setProperty(CACHE, Files.createFile(cache.resolve("file")).toString());
        // that it is not is logged, and so on the JVM's own standard error
        assertThat(ctc("calibrate").succeeded().out())
                .contains("gradient.symbolNanos")
                .doesNotContain("kept in");
    }

    @Test
    void whatIsMeasuredIsPrintedAndKept() throws IOException {
        JsonNode measured = ctc("calibrate", "--json").succeeded().json();
        JsonNode cpu = measured.get("calibrations").get(0);
        assertThat(cpu.get("backend").asText()).isEqualTo("cpu");
        assertThat(Path.of(cpu.get("file").asText())).hasParent(cache).isRegularFile();
        assertThat(cpu.get("constants").get("symbolNanos").asDouble()).isPositive();
        assertThat(cpu.get("constants").size()).isEqualTo(cpu.get("builtIn").size());
        assertThat(measured.get("notMeasured").get("tornado").asText()).contains("SDK");
        assertThat(measured.get("notMeasured").get("absent").asText()).isNotEmpty();

        JsonNode shown = ctc("calibrate", "--show", "--json").succeeded().json();
        assertThat(shown.get("calibrations")).isEqualTo(measured.get("calibrations"));
        assertThat(shown.get("notMeasured")).isEqualTo(measured.get("notMeasured"));
        assertThat(ctc("calibrate", "--show").succeeded().out())
                .contains("cpu on ", "gradient.symbolNanos", "kept in", "tornado not measured: ")
                .doesNotContain("cpu not measured");
    }
}
