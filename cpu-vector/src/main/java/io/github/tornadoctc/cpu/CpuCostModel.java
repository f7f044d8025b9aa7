package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcCallTimes;
import io.github.tornadoctc.CtcCostModel;
import io.github.tornadoctc.CtcCosts;
import io.github.tornadoctc.CtcDevice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Measures {@link CpuCosts}: on one thread what a frame, a score and a pair take, then what all threads are worth. */
final class CpuCostModel implements CtcCostModel {
    /** To be counted up when {@link CpuCosts} is another formula, since then what is kept no longer holds. */
    private static final String FORMULA = "cpu costs 1";

    private static final String VECTORS = "jdk.incubator.vector";

    private static final int FEW = 8;

    /** Frames of one utterance, enough for its call not to matter. */
    private static final int FRAMES = 1000;

    private static final int PAIRS = 250;

    /** Rows as long as those of a large vocabulary. */
    private static final int SYMBOLS = 4096;

    private static final int ROWS = 100;
    private static final int UTTERANCES_OF_A_THREAD = 2;

    private final int processors;
    private final CtcDevice device;

    CpuCostModel(CtcDevice device) {
        this.processors = Runtime.getRuntime().availableProcessors();
        this.device = device;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public String holdsFor() {
        boolean vectors = ModuleLayer.boot().findModule(VECTORS).isPresent();
        return "%s, %s, %s"
                .formatted(FORMULA, vectors ? VECTORS : "scalar", System.getProperty(KernelChoice.PROPERTY, "auto"));
    }

    @Override
    public Optional<CtcDevice> device() {
        return Optional.of(device);
    }

    @Override
    public Map<String, Double> builtIn() {
        return CpuCosts.builtIn(processors);
    }

    @Override
    public CtcCosts costs(Map<String, Double> constants) {
        return CpuCosts.of(constants);
    }

    @Override
    public Map<String, Double> measure(CtcDevice unused) {
        Map<String, Double> constants = new HashMap<>();
        try (CpuCtc one = new CpuCtc(1)) {
            CtcCallTimes times = new CtcCallTimes(one);
            double call = times.nanos(1, 1, FEW, 0, true);
            constants.put(CpuCosts.CALL, call);
            measure(times, call, false, constants);
            measure(times, call, true, constants);
        }
        constants.put(CpuCosts.PROCESSORS, (double) processors);
        constants.put(CpuCosts.SPEEDUP, processors == 1 ? 1 : speedup());
        return constants;
    }

    /** Three batches, in each of which another of frames, pairs and scores is what takes the time. */
    private static void measure(CtcCallTimes times, double call, boolean gradient, Map<String, Double> constants) {
        double frame = Math.max(0, times.nanos(FRAMES, 1, FEW, 0, gradient) - call) / FRAMES;
        double pairs = Math.max(0, times.nanos(FRAMES, 1, FEW, PAIRS, gradient) - call) / FRAMES;
        double symbols = Math.max(0, times.nanos(ROWS, 1, SYMBOLS, 0, gradient) - call) / ROWS;
        constants.put(CpuCosts.name(CpuCosts.FRAME, gradient), frame);
        constants.put(CpuCosts.name(CpuCosts.PAIR, gradient), Math.max(0, pairs - frame) / PAIRS);
        constants.put(CpuCosts.name(CpuCosts.SYMBOL, gradient), Math.max(0, symbols - frame) / (SYMBOLS - FEW));
    }

    /** Of rows, which all threads read from the same memory, so that they gain less than recursions do. */
    private double speedup() {
        int utterances = UTTERANCES_OF_A_THREAD * processors;
        try (CpuCtc one = new CpuCtc(1);
                CpuCtc all = new CpuCtc(processors)) {
            double alone = new CtcCallTimes(one).nanos(ROWS, utterances, SYMBOLS, 0, true);
            double together = new CtcCallTimes(all).nanos(ROWS, utterances, SYMBOLS, 0, true);
            return Math.clamp(alone / together, 1, processors);
        }
    }
}
