package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void printsEachLineOfTextWithItsLoss() throws IOException {
        Ran ran = ctc("demo", "--backend", "cpu").succeeded();
        DemoBatch demo = DemoBatch.load();
        assertThat(ran.lines().get(0)).matches(" *T +U +loss +per symbol +gradient error +text");
        // a long text goes on in the next line
        assertThat(ran.out().replaceAll("\\s+", " ")).contains(demo.texts());
        assertThat(ran.out()).contains(" ms on cpu (CPU");
    }

    @Test
    void jsonHasEachLine() throws IOException {
        JsonNode json = ctc("demo", "--json").succeeded().json();
        assertThat(json.get("passed").booleanValue()).isTrue();
        assertThat(json.get("lines")).hasSameSizeAs(DemoBatch.load().texts());
        JsonNode line = json.get("lines").get(0);
        assertThat(line.get("lossPerSymbol").doubleValue())
                .isEqualTo(line.get("loss").doubleValue()
                        / line.get("targetLength").intValue());
    }

    @Test
    void aResultTooFarOffIsAFailure() {
        Ran ran = ctc("demo", "--max-gradient-error", 0);
        assertThat(ran.exitCode()).isEqualTo(ExitCode.COMPARISON_FAILED);
        assertThat(ran.err().lines()).singleElement().asString().contains("gradient[t=", "is more than 0.00e+00");
    }
}
