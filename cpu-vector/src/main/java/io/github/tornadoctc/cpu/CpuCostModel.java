package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcCallTimes;
import io.github.tornadoctc.CtcCostModel;
import io.github.tornadoctc.CtcCosts;
import io.github.tornadoctc.CtcDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures {@link CpuCosts}: on one thread what a frame, a score and a pair take, then what all threads are worth. */
final class CpuCostModel implements CtcCostModel {
    /** To be counted up when {@link CpuCosts} are other ones or measured otherwise: what is kept no longer holds then. */
    private static final String FORMULA = "cpu costs 3";

    private static final String VECTORS = "jdk.incubator.vector";

    private static final int FEW = 8;

    /** Frames of one utterance, enough for its call not to matter. */
    private static final int FRAMES = 1000;

    private static final int PAIRS = 250;

    /** So few that most labels are symbols of their own. */
    private static final int SPARSE_PAIRS = 40;

    /** More symbols than have slots of their own. */
    private static final int SPARSE = 2 * Target.MAX_DENSE_SYMBOLS;

    /** Rows as long as those of a large vocabulary. */
    private static final int SYMBOLS = 4096;

    private static final int ROWS = 100;

    /** Scores that no cache holds: 134 MB, and as much gradient. */
    private static final int MANY_SCORES = 1 << 25;

    private static final int UTTERANCES_OF_A_THREAD = 2;

    /** What is over so soon that waking threads is a good part of it. */
    private static final int SHORT_FRAMES = 100;

    private static final int SHORT_PAIRS = 20;

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
        try (CpuCtc one = new CpuCtc(1);
                CpuCtc all = new CpuCtc(processors)) {
            CtcCallTimes alone = new CtcCallTimes(one);
            CtcCallTimes together = new CtcCallTimes(all);
            warmUp(alone);
            double call = alone.nanos(1, 1, FEW, 0, true);
            constants.put(CpuCosts.CALL, call);
            for (boolean gradient : new boolean[] {false, true}) {
                measureFrames(alone, call, gradient, constants);
                measureScores(alone, together, gradient, constants);
                measureSparseFrames(alone, call, gradient, constants);
            }
            constants.put(CpuCosts.PROCESSORS, (double) processors);
            measureThreads(alone, together, call, constants);
        }
        return constants;
    }

    private static void warmUp(CtcCallTimes times) {
        List<Runnable> calls = new ArrayList<>();
        for (boolean gradient : new boolean[] {false, true}) {
            calls.add(times.call(FRAMES, 1, FEW, 0, gradient));
            calls.add(times.call(FRAMES, 1, FEW, PAIRS, gradient));
            calls.add(times.call(FRAMES, 1, SPARSE, SPARSE_PAIRS, gradient));
            calls.add(times.call(ROWS, 1, SYMBOLS, 0, gradient));
        }
        times.warmUp(calls);
    }

    /** Two batches, in which others of frames and pairs are what takes the time. */
    private static void measureFrames(
            CtcCallTimes alone, double call, boolean gradient, Map<String, Double> constants) {
        double frame = Math.max(0, alone.nanos(FRAMES, 1, FEW, 0, gradient) - call) / FRAMES;
        double pairs = Math.max(0, alone.nanos(FRAMES, 1, FEW, PAIRS, gradient) - call) / FRAMES;
        constants.put(CpuCosts.name(CpuCosts.FRAME, gradient), frame);
        constants.put(CpuCosts.name(CpuCosts.PAIR, gradient), Math.max(0, pairs - frame) / PAIRS);
    }

    /** The same of a vocabulary most of whose symbols are in no target. */
    private static void measureSparseFrames(
            CtcCallTimes alone, double call, boolean gradient, Map<String, Double> constants) {
        double ofSymbols = SPARSE * CtcCostModel.constant(constants, CpuCosts.name(CpuCosts.SYMBOL, gradient));
        double frame = Math.max(0, alone.nanos(FRAMES, 1, SPARSE, 0, gradient) - call) / FRAMES;
        double pairs = Math.max(0, alone.nanos(FRAMES, 1, SPARSE, SPARSE_PAIRS, gradient) - call) / FRAMES;
        constants.put(CpuCosts.name(CpuCosts.SPARSE_FRAME, gradient), Math.max(0, frame - ofSymbols));
        constants.put(CpuCosts.name(CpuCosts.SPARSE_PAIR, gradient), Math.max(0, pairs - frame) / SPARSE_PAIRS);
    }

    /** One batch, by one thread, and by all, which then wait for the memory. */
    private void measureScores(
            CtcCallTimes alone, CtcCallTimes together, boolean gradient, Map<String, Double> constants) {
        int utterances = UTTERANCES_OF_A_THREAD * processors;
        int frames = Math.ceilDiv(MANY_SCORES / SYMBOLS, utterances);
        double rows = (double) frames * utterances;
        double row = alone.nanos(frames, utterances, SYMBOLS, 0, gradient) / rows;
        double ofFrame = CtcCostModel.constant(constants, CpuCosts.name(CpuCosts.FRAME, gradient));
        constants.put(CpuCosts.name(CpuCosts.SYMBOL, gradient), Math.max(0, row - ofFrame) / SYMBOLS);
        double rowByAll = processors == 1 ? row : together.nanos(frames, utterances, SYMBOLS, 0, gradient) / rows;
        constants.put(CpuCosts.name(CpuCosts.MEMORY, gradient), rowByAll / SYMBOLS);
    }

    /** Utterances of which each thread has the same: long ones for the speedup, and short ones for what help costs. */
    private void measureThreads(CtcCallTimes alone, CtcCallTimes together, double call, Map<String, Double> constants) {
        double speedup = 1;
        double help = 0;
        if (processors > 1) {
            int utterances = UTTERANCES_OF_A_THREAD * processors;
            double byOne = alone.nanos(FRAMES, utterances, FEW, PAIRS, true) - call;
            double byAll = together.nanos(FRAMES, utterances, FEW, PAIRS, true) - call;
            speedup = Math.clamp(byOne / byAll, 1, processors);
            double shortByOne = alone.nanos(SHORT_FRAMES, utterances, FEW, SHORT_PAIRS, true) - call;
            double shortByAll = together.nanos(SHORT_FRAMES, utterances, FEW, SHORT_PAIRS, true) - call;
            help = Math.max(0, shortByAll - shortByOne / speedup);
        }
        constants.put(CpuCosts.SPEEDUP, speedup);
        constants.put(CpuCosts.HELP, help);
    }
}
