package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A call is computed where it is estimated to take least, and a device is started when that has become worth it. */
class ChoosingBackendTest {
    private static final CtcOptions LOSSES = CtcOptions.defaults().withGradient(false);
    private static final double START = 1_000;

    /** 10 ns a frame, from the beginning. */
    private final MadeUpBackend cpu = new MadeUpBackend("cpu", 0, batch -> 10.0 * batch.timeSteps());

    /** 100 ns, and 1 ns a frame. */
    private final MadeUpBackend device = new MadeUpBackend("device", START, batch -> 100.0 + batch.timeSteps());

    private final CalibrationCache nothingKept = new CalibrationCache(null);

    private CtcBackend open() {
        return new AutomaticChoice(List.of(device, cpu), nothingKept).open(CtcConfiguration.defaults());
    }

    private static CtcBatch frames(int count) {
        return CtcBatch.builder(count, 1, 2)
                .scores(new float[2 * count])
                .targets(new int[][] {{}})
                .build();
    }

    private static void compute(CtcBackend backend, int frames, int times) {
        for (int i = 0; i < times; i++) {
            backend.compute(frames(frames), LOSSES);
        }
    }

    /** Has the device started. */
    private static void warmUp(CtcBackend backend) {
        compute(backend, 1_000, 1);
    }

    @Test
    void aDeviceThatNeverWouldBeFasterIsNeverStarted() {
        try (CtcBackend auto = open()) {
            compute(auto, 10, 1_000);
        }
        assertThat(cpu.computed()).isEqualTo(1_000);
        assertThat(device.events).isEmpty();
    }

    @Test
    void aDeviceIsStartedWhenCallsTogetherWouldHaveGainedWhatThatTakes() {
        try (CtcBackend auto = open()) {
            // each gains 10 · 20 − (100 + 20) = 80
            compute(auto, 20, 12);
            assertThat(device.events).isEmpty();
            compute(auto, 20, 1);
            assertThat(device.events).containsExactly("look", "open 0:1", "measure", "compute");
        }
    }

    @Test
    void onceStartedEachCallGoesWhereItTakesLess() {
        try (CtcBackend auto = open()) {
            warmUp(auto);
            cpu.events.clear();
            device.events.clear();
            for (int i = 0; i < 5; i++) {
                compute(auto, 5, 1);
                compute(auto, 50, 1);
            }
        }
        assertThat(cpu.computed()).isEqualTo(5);
        assertThat(device.computed()).isEqualTo(5);
    }

    @Test
    void whatIsMeasuredAtTheStartDecidesFromThenOn() {
        device.measured = Map.of("factor", 1_000.0);
        try (CtcBackend auto = open()) {
            warmUp(auto);
            compute(auto, 50, 5);
        }
        assertThat(device.computed()).isZero();
    }

    @Test
    void aDeviceThatIsTheCpuItselfIsLookedAtOnceAndNeverChosen() {
        device.accelerator = false;
        try (CtcBackend auto = open()) {
            warmUp(auto);
            warmUp(auto);
            warmUp(auto);
        }
        assertThat(device.events).containsExactly("look");
    }

    /** One of either, as long as there is something to choose; nothing after that. */
    @Test
    void aCallCostsOneEstimateOfEach() {
        try (CtcBackend auto = open()) {
            compute(auto, 5, 10);
            assertThat(cpu.estimates).isEqualTo(10);
            assertThat(device.estimates).isEqualTo(10);
            warmUp(auto);
            cpu.estimates = 0;
            device.estimates = 0;
            compute(auto, 5, 10);
            // one of each more tells in the log what is chosen instead of the device
            assertThat(cpu.estimates).isEqualTo(11);
            assertThat(device.estimates).isEqualTo(11);
        }
    }

    @Test
    void whereADeviceIsOutACallCostsNoEstimate() {
        device.accelerator = false;
        try (CtcBackend auto = open()) {
            warmUp(auto);
            cpu.estimates = 0;
            device.estimates = 0;
            compute(auto, 50, 10);
        }
        assertThat(cpu.estimates).isZero();
        assertThat(device.estimates).isZero();
    }

    @Test
    void whatIsNotThereIsNoChoice() {
        device.there = false;
        try (CtcBackend auto = open()) {
            assertThat(auto.name()).isEqualTo("cpu");
        }
        assertThat(device.events).isEmpty();
    }

    @Test
    void aBackendThatIsAloneHasToHaveADevice() {
        cpu.there = false;
        device.accelerator = false;
        assertThatThrownBy(this::open)
                .isExactlyInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("device");
    }

    @Test
    void aDeviceThatFailsIsLeftOutAndTheCpuComputes() {
        try (CtcBackend auto = open()) {
            warmUp(auto);
            device.failure = new InternalError("lost");
            cpu.events.clear();
            device.events.clear();
            compute(auto, 50, 10);
        }
        assertThat(device.computed()).isEqualTo(1);
        assertThat(cpu.computed()).isEqualTo(10);
    }

    @Test
    void aBatchThatADeviceRefusesDoesNotLeaveItOut() {
        try (CtcBackend auto = open()) {
            warmUp(auto);
            device.failure = new IllegalArgumentException("too large");
            compute(auto, 50, 1);
            device.failure = null;
            device.events.clear();
            compute(auto, 50, 1);
        }
        assertThat(device.computed()).isEqualTo(1);
    }

    @Test
    void whatTheCpuCannotComputeEitherIsTheCallersErrorAndNoDeviceIsLeftOut() {
        try (CtcBackend auto = open()) {
            warmUp(auto);
            device.failure = new IllegalStateException("closed arena");
            cpu.failure = device.failure;
            assertThatThrownBy(() -> compute(auto, 50, 1)).isSameAs(cpu.failure);
            device.failure = null;
            device.events.clear();
            compute(auto, 50, 1);
        }
        assertThat(device.computed()).isEqualTo(1);
    }

    @Test
    void itTellsWhatIsChosenAndWhy() {
        try (CtcBackend auto = open()) {
            warmUp(auto);
            CtcChoice choice = auto.operation(CtcChoice.class).orElseThrow();
            assertThat(choice.chosen(frames(5), LOSSES).name()).isEqualTo("cpu");
            assertThat(choice.chosen(frames(50), LOSSES).name()).isEqualTo("device");
            assertThat(choice.estimates(frames(50), LOSSES)).isEqualTo(Map.of("cpu", 500.0, "device", 150.0));
        }
    }

    private record Own(String of) implements CtcOperation {}

    @Test
    void anOperationIsThatOfWhatComputedLastAndElseOfWhateverHasIt() {
        cpu.operations = List.of(new Own("cpu"));
        device.operations = List.of(new Own("device"));
        try (CtcBackend auto = open()) {
            assertThat(auto.operation(Own.class)).contains(new Own("cpu"));
            warmUp(auto);
            assertThat(auto.operation(Own.class)).contains(new Own("device"));
            compute(auto, 5, 1);
            assertThat(auto.operation(Own.class)).contains(new Own("cpu"));
            cpu.operations = List.of();
            assertThat(auto.operation(Own.class)).contains(new Own("device"));
        }
    }

    @Test
    void aDeviceIsStartedForAnOperationThatItAloneHas() {
        device.operations = List.of(new Own("device"));
        try (CtcBackend auto = open()) {
            assertThat(auto.operation(Own.class)).contains(new Own("device"));
        }
        assertThat(device.events).containsExactly("look", "open 0:1", "close");
    }

    @Test
    void anOperationThatNobodyHasIsNotThere() {
        device.accelerator = false;
        try (CtcBackend auto = open()) {
            assertThat(auto.operation(Own.class)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void memoryIsTheDevicesOnceItIsStarted() {
        try (CtcBackend auto = open();
                Arena arena = Arena.ofConfined()) {
            assertThat(auto.allocate(1, arena).byteSize()).isEqualTo(4);
            warmUp(auto);
            assertThat(auto.allocate(2, arena).byteSize()).isEqualTo(8);
        }
        assertThat(cpu.events).containsOnlyOnce("allocate");
        assertThat(device.events).containsOnlyOnce("allocate");
    }

    @Test
    void closingClosesWhatWasOpenedAndNothingIsComputedAfter() {
        CtcBackend auto = open();
        warmUp(auto);
        auto.close();
        assertThat(cpu.events).endsWith("close");
        assertThat(device.events).endsWith("close");
        assertThatThrownBy(() -> compute(auto, 5, 1)).isExactlyInstanceOf(IllegalStateException.class);
    }
}
