package io.github.tornadoctc.kernels;

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
    private static final String FORMULA = "device costs 1";

    private static final int FEW = 8;
    private static final int LABELS = 20;

    /** More utterances than any device has room for at once. */
    private static final int MANY = 512;

    private static final int FRAMES_OF_MANY = 200;

    /** Symbols that make a batch of many large: 65 MB of scores. */
    private static final int SYMBOLS = 160;

    private static final int FRAMES_OF_ONE = 1000;

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
        Map<String, Double> constants = new HashMap<>();
        long begin = System.nanoTime();
        try (CtcBackend backend = provider.open(CtcConfiguration.defaults().withDevice(device.id()))) {
            CtcCallTimes times = new CtcCallTimes(backend);
            measure(times, false, constants);
            measure(times, true, constants);
        }
        // about what starting and compiling once more would take: most of the time here went into compiling
        constants.put(DeviceCosts.START, (double) (System.nanoTime() - begin));
        return constants;
    }

    /**
     * Four batches, in each of which another of scores, pairs, frames and the call itself is what takes the time. The largest
     * comes first, so that its plan serves the others as well and nothing is compiled twice.
     */
    private static void measure(CtcCallTimes times, boolean gradient, Map<String, Double> constants) {
        double large = times.nanos(FRAMES_OF_MANY, MANY, SYMBOLS, LABELS, gradient);
        double many = times.nanos(FRAMES_OF_MANY, MANY, FEW, LABELS, gradient);
        double one = times.nanos(FRAMES_OF_ONE, 1, FEW, LABELS, gradient);
        double call = times.nanos(FEW, 1, FEW, 1, gradient);
        double rows = (double) FRAMES_OF_MANY * MANY;
        double score = Math.max(0, large - many) / (rows * (SYMBOLS - FEW));
        double pairs = Math.max(0, many - call - rows * FEW * score);
        constants.put(DeviceCosts.CALL, call);
        constants.put(DeviceCosts.name(DeviceCosts.SCORE, gradient), score);
        constants.put(DeviceCosts.name(DeviceCosts.FRAME, gradient), Math.max(0, one - call) / (FRAMES_OF_ONE - FEW));
        constants.put(DeviceCosts.name(DeviceCosts.PAIR, gradient), pairs / (rows * (LABELS + 1)));
    }
}
