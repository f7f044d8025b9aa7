package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
    void whoWarmsItUpHasTheDeviceStartedAndAllWarmedUp() {
        CtcWarmUp ofCpu = () -> cpu.events.add("warm up");
        CtcWarmUp ofDevice = () -> device.events.add("warm up");
        cpu.operations = List.of(ofCpu);
        device.operations = List.of(ofDevice);
        try (CtcBackend auto = open()) {
            CtcWarmUp.of(auto);
            assertThat(cpu.events).containsOnlyOnce("warm up");
            assertThat(device.events).containsExactly("look", "open 0:1", "measure", "warm up");
            compute(auto, 50, 1);
        }
        assertThat(device.computed()).isEqualTo(1);
    }

    @Test
    void warmingItUpStartsNothingThatIsTheCpuItself() {
        device.accelerator = false;
        try (CtcBackend auto = open()) {
            CtcWarmUp.of(auto);
            CtcWarmUp.of(auto);
        }
        assertThat(device.events).containsExactly("look");
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
    void memoryIsTheDevicesWhichIsStartedForIt() {
        try (CtcBackend auto = open()) {
            assertThat(auto.allocate(1, Arena.ofAuto()).byteSize()).isEqualTo(4);
            assertThat(auto.allocate(2, Arena.ofAuto()).byteSize()).isEqualTo(8);
        }
        assertThat(cpu.events).doesNotContain("allocate");
        assertThat(device.events).containsExactly("look", "open 0:1", "measure", "allocate", "allocate", "close");
    }

    /** No SDK: a laptop without a GPU. Nor is anything lent that would make a difference. */
    @Test
    void whereThereIsNoDeviceMemoryIsTheCpus() {
        device.there = false;
        try (CtcBackend auto = open()) {
            assertThat(auto.allocate(3, Arena.ofAuto()).byteSize()).isEqualTo(12);
        }
        assertThat(device.events).isEmpty();
        assertThat(cpu.events).contains("allocate");
    }

    /** As with PoCL alone. */
    @Test
    void memoryOfADeviceThatIsTheCpuItselfIsTheCpus() {
        device.accelerator = false;
        device.lentFactor = 0;
        try (CtcBackend auto = open()) {
            CtcBatch batch = lent(auto, 5);
            lent(auto, 5);
            auto.compute(batch, LOSSES);
        }
        assertThat(device.events).containsExactly("look");
        assertThat(cpu.events).containsSubsequence("allocate", "allocate", "compute lent");
    }

    @Test
    void memoryThatADeviceRefusesOrThatIsNoneIsTheCpus() {
        device.mostFloats = 10;
        try (CtcBackend auto = open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> auto.allocate(0, Arena.ofAuto()))
                    .withMessageStartingWith("floats = 0 is ");
            assertThat(device.events).isEmpty();
            assertThat(auto.allocate(11, Arena.ofAuto()).byteSize()).isEqualTo(44);
        }
        assertThat(cpu.events).contains("allocate");
    }

    @Test
    void aDeviceThatHasFailedLendsNoMore() {
        try (CtcBackend auto = open()) {
            CtcBatch batch = lent(auto, 50);
            device.failure = new InternalError("lost");
            auto.compute(batch, LOSSES);
            device.events.clear();
            cpu.events.clear();
            auto.compute(lent(auto, 50), LOSSES);
        }
        assertThat(device.events).doesNotContain("allocate");
        assertThat(cpu.events).containsSubsequence("allocate", "compute lent");
    }

    /** 50 ns on the CPU; 105 on the device, and a tenth of it in its memory. */
    @Test
    void lentMemoryDecidesWhereItMakesTheDeviceFaster() {
        device.lentFactor = 0.1;
        try (CtcBackend auto = open()) {
            CtcBatch batch = lent(auto, 5);
            assertThat(auto.isInLentMemory(batch, LOSSES, CtcResult.allocate(batch, LOSSES)))
                    .isTrue();
            cpu.events.clear();
            auto.compute(frames(5), LOSSES);
            assertThat(cpu.computed()).isOne();
            auto.compute(batch, LOSSES);
            assertThat(device.events).endsWith("compute lent");
        }
        assertThat(cpu.computed()).isOne();
        assertThat(device.computed()).isOne();
    }

    @Test
    void aGradientElsewhereMakesItACallLikeAnyOther() {
        device.lentFactor = 0.1;
        CtcOptions step = CtcOptions.defaults();
        try (CtcBackend auto = open()) {
            CtcBatch batch = lent(auto, 5);
            CtcChoice choice = auto.operation(CtcChoice.class).orElseThrow();
            assertThat(choice.chosen(batch, step).name()).isEqualTo("cpu");
            assertThat(choice.chosen(batch, step, CtcResult.allocate(batch, step))
                            .name())
                    .isEqualTo("cpu");
            CtcResult there = CtcResult.withGradientIn(auto.allocate(10, Arena.ofAuto()), batch);
            assertThat(choice.chosen(batch, step, there).name()).isEqualTo("device");
            assertThat(choice.estimates(batch, step, there)).isEqualTo(Map.of("cpu", 50.0, "device", 10.5));
            assertThat(choice.estimates(batch, step)).isEqualTo(Map.of("cpu", 50.0, "device", 105.0));
            assertThat(choice.chosen(batch, LOSSES).name()).isEqualTo("device");
        }
    }

    /** A batch in memory that a backend lends. */
    private static CtcBatch lent(CtcBackend backend, int frames) {
        return CtcBatch.builder(frames, 1, 2)
                .scores(backend.allocate(2L * frames, Arena.ofAuto()))
                .targets(new int[][] {{}})
                .build();
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
