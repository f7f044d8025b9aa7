package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.kernels.profile.Stage;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
    void noShapeWantsAnotherKindOfPlanThanTheLargest() {
        long rows = (long) Soak.LARGEST.timeSteps() * Soak.LARGEST.batchSize();
        Stage ofLargest = Stage.ofSoftmax(rows, Soak.LARGEST.symbols(), Soak.LARGEST.maxTargetLength());
        for (int symbols = 2; symbols <= Soak.LARGEST.symbols(); symbols++) {
            assertThat(Stage.ofSoftmax(rows, symbols, 0)).isEqualTo(ofLargest);
        }
    }

    @Test
    void theLargestBatchIsAsLargeAsItsShapeAllows() {
        CtcBatch largest = Soak.largest(new Random(1));
        assertThat(largest.maxTargetLength()).isEqualTo(Soak.LARGEST.maxTargetLength());
        assertThat(IntStream.range(0, largest.batchSize()).map(largest::inputLength))
                .containsOnly(Soak.LARGEST.timeSteps());
    }

    @Test
    void nothingGrewSoNothingFailed() {
        assertThat(new Counters(5, 8, 0, 0, 1, Collections.nCopies(6, MEMORY)).failures())
                .isEmpty();
    }

    @Test
    void whatSettlesIsLetPass() {
        Memory more = new Memory(MEMORY.heap() + (8 << 20), MEMORY.resident() + (200 << 20), MEMORY.device());
        List<Memory> looks = List.of(MEMORY, MEMORY, more, more, more, more);
        assertThat(new Counters(5, 8, 0, 0, 1, looks).failures()).isEmpty();
        assertThat(Counters.areSettled(looks)).isTrue();
    }

    @Test
    void eachThatGoesOnIsNamed() {
        List<Memory> looks = IntStream.range(0, 3)
                .mapToObj(look -> new Memory(
                        MEMORY.heap() + (long) look * (1 << 20),
                        MEMORY.resident() + (long) look * (17 << 20),
                        MEMORY.device() + look))
                .toList();
        assertThat(Counters.areSettled(looks)).isFalse();
        assertThat(new Counters(5, 8, 3, 1, 4, looks).failures())
                .containsExactly(
                        "3 kernels were compiled for 5 batches",
                        "1 plans were made for 5 batches",
                        "the Java heap goes on growing: in pass 4 over the batches by 1048576 bytes from its first third to"
                                + " its second, and by 1048576 from there to its last",
                        "the process goes on growing: in pass 4 over the batches by 17825792 bytes from its first third to"
                                + " its second, and by 17825792 from there to its last",
                        "memory on the device goes on growing: in pass 4 over the batches by 1 bytes from its first third to"
                                + " its second, and by 1 from there to its last");
    }

    @Test
    void aBackendWithoutPlansIsRefused() {
        ctc("soak", "--backend", "cpu")
                .failed(ExitCode.BAD_INPUT, "--backend cpu runs no kernels on a device", "tornado and emulator do");
        ctc("soak", "--backend", "auto").failed(ExitCode.BAD_INPUT, "--backend auto runs no kernels on a device");
        ctc("soak", "--backend", "auto", "--device", "0:0").failed(ExitCode.BAD_INPUT, "device = 0:0 needs a backend");
        ctc("soak", "--backend", "absent").failed(ExitCode.NO_DEVICE, "backend absent cannot be used here");
        ctc("soak", "--batches", 0).failed(ExitCode.BAD_INPUT, "--batches 0 is less than 1");
    }
}
