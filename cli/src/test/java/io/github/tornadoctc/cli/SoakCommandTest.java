package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SoakCommandTest {
    private static final Memory MEMORY = new Memory(1 << 20, 1 << 24, 1000);

    @Test
    void theCountersAreOneObject() throws IOException {
        JsonNode json =
                ctc("soak", "--backend", "emulator", "--batches", 2, "--json").json();
        assertThat(json.get("batches").intValue()).isEqualTo(2);
        assertThat(json.get("kernelsCompiled").intValue()).isZero();
        assertThat(json.get("plansMade").intValue()).isZero();
        assertThat(json.get("before").get("heapBytes").longValue()).isPositive();
        assertThat(json.get("after").get("deviceBytes").longValue())
                .isEqualTo(json.get("before").get("deviceBytes").longValue())
                .isPositive();
        assertThat(json.get("overheadMilliseconds").isNumber()).isTrue();
    }

    @Test
    void nothingGrewSoNothingFailed() {
        assertThat(new Counters(5, 8, 0, 0, MEMORY, MEMORY).failures()).isEmpty();
    }

    @Test
    void whatTheJvmDoesItselfIsLetPass() {
        Memory more = new Memory(MEMORY.heap() + 1000, MEMORY.resident() + 1000, MEMORY.device());
        assertThat(new Counters(5, 8, 0, 0, MEMORY, more).failures()).isEmpty();
    }

    @Test
    void eachThatGrewIsNamed() {
        Memory more = new Memory(MEMORY.heap() + (2 << 20), MEMORY.resident() + (17 << 20), MEMORY.device() + 1);
        assertThat(new Counters(5, 8, 3, 1, MEMORY, more).failures())
                .containsExactly(
                        "3 kernels were compiled for 5 batches",
                        "1 plans were made for 5 batches",
                        "the Java heap grew from 1048576 to 3145728 bytes",
                        "the process grew from 16777216 to 34603008 bytes",
                        "memory on the device grew from 1000 to 1001 bytes");
    }

    @Test
    void aBackendWithoutPlansIsRefused() {
        ctc("soak", "--backend", "cpu").failed(ExitCode.NO_DEVICE, "backend cpu runs no kernels on a device");
        ctc("soak", "--batches", 0).failed(ExitCode.BAD_INPUT, "--batches 0 is less than 1");
    }
}
