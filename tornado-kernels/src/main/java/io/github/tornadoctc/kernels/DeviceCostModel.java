package io.github.tornadoctc.kernels;

import static io.github.tornadoctc.kernels.DeviceCalibration.FEW;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcCallTimes;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcCostModel;
import io.github.tornadoctc.CtcCosts;
import io.github.tornadoctc.CtcDevice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/**
 * Measures {@link DeviceCosts}, on GPUs alone: an OpenCL device that is the CPU itself is slower than the CPU backend by
 * far, and FPGAs would have to be given weeks.
 */
final class DeviceCostModel implements CtcCostModel {
    /** To be counted up when {@link DeviceCosts} is another formula, since then what is kept no longer holds. */
    private static final String FORMULA = "device costs 2";

    private final CtcBackendProvider provider;

    DeviceCostModel(CtcBackendProvider provider) {
        this.provider = provider;
    }

    @Override
    public Optional<String> missing() {
        return TornadoVm.missing();
    }

    @Override
    public String holdsFor() {
        return "%s, %s".formatted(FORMULA, TornadoVm.missing().isPresent() ? "no TornadoVM" : SdkVersion.installed());
    }

    @Override
    public Optional<CtcDevice> device() {
        return accelerator(TornadoVm.devices()).map(TornadoProvider::describe);
    }

    /** The first GPU, whatever comes before it. */
    static Optional<TornadoVm.Place> accelerator(List<TornadoVm.Place> places) {
        return places.stream()
                .filter(place -> place.device().getDeviceType() == TornadoDeviceType.GPU)
                .findFirst();
    }

    @Override
    public Map<String, Double> builtIn() {
        return DeviceCosts.builtIn();
    }

    @Override
    public CtcCosts costs(Map<String, Double> constants) {
        return DeviceCosts.of(constants);
    }

    @Override
    public Map<String, Double> measure(CtcDevice device) {
        long begin = System.nanoTime();
        try (CtcBackend backend = provider.open(CtcConfiguration.defaults().withDevice(device.id()))) {
            CtcCallTimes times = new CtcCallTimes(backend);
            times.firstNanos(FEW, 1, FEW, 1, true);
            // opened and compiled by now, as it will be for the first batch
            double start = System.nanoTime() - begin;
            Map<String, Double> constants = new HashMap<>(DeviceCalibration.measure(timesOf(times)));
            constants.put(DeviceCosts.START, start);
            return constants;
        }
    }

    private static DeviceCalibration.Times timesOf(CtcCallTimes elsewhere) {
        CtcCallTimes lent = elsewhere.inLentMemory();
        return (timeSteps, batchSize, symbols, targetLength, gradient, isLent) -> {
            CtcCallTimes times = isLent ? lent : elsewhere;
            Runnable call = times.call(timeSteps, batchSize, symbols, targetLength, gradient);
            // compiles the plan, of which every batch in lent memory has one of its own
            call.run();
            if (timeSteps == FEW && !isLent) {
                // what the JVM has not compiled yet is much of a call that is over at once
                times.warmUp(List.of(call));
            }
            return times.nanos(call);
        };
    }
}
