package io.github.tornadoctc;

import static java.util.Map.entry;

import io.github.tornadoctc.shapes.CtcShape;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Processors and a device that are made up, by constants of the real cost models.
 *
 * @param processors threads of the machine
 * @param cpu constants of {@code cpu}, beside the built-in ones
 * @param device constants of {@code tornado}, beside the built-in ones
 */
record MadeUpMachine(int processors, Map<String, Double> cpu, Map<String, Double> device) {
    /**
     * The 16 cores beside an H200, as calibrated; what calibration did not measure then is from what F and G took of memory,
     * A of help, and H of a large vocabulary.
     */
    private static final Map<String, Double> SIXTEEN_CORES = Map.ofEntries(
            entry("processors", 16.0),
            entry("callNanos", 985.0),
            entry("helpNanos", 80_000.0),
            entry("frameNanos", 70.0),
            entry("gradient.frameNanos", 127.0),
            entry("symbolNanos", 0.47),
            entry("gradient.symbolNanos", 0.57),
            entry("memoryNanos", 0.1),
            entry("gradient.memoryNanos", 0.19),
            entry("pairNanos", 0.53),
            entry("gradient.pairNanos", 3.9),
            entry("sparseFrameNanos", 90.0),
            entry("gradient.sparseFrameNanos", 160.0),
            entry("sparsePairNanos", 3.5),
            entry("gradient.sparsePairNanos", 8.0),
            entry("speedup", 10.3));

    /** Two of the built-in ones, with the memory of a small virtual machine. */
    private static final Map<String, Double> TWO_CORES =
            Map.of("processors", 2.0, "speedup", 1.9, "memoryNanos", 0.25, "gradient.memoryNanos", 0.45);

    /**
     * What an H200 takes for the recursions, in nanoseconds a frame of losses alone and of a step, and in lent memory for a
     * score: its bus does 54 GB a second in, and 54 out after that.
     */
    private static final Map<String, Double> H200 = Map.of(
            "callNanos", 100_000.0,
            "frameNanos", 90.0,
            "gradient.frameNanos", 225.0,
            "pairNanos", 0.01,
            "gradient.pairNanos", 0.02,
            "lent.callNanos", 75_000.0,
            "lent.scoreNanos", 0.076,
            "lent.gradient.scoreNanos", 0.153);

    /** A call that several streams share costs more, for which every score is on its way for a shorter time. */
    private static final double CALL_OF_STREAMS = 350_000;

    private static final double SCORE_OF_STREAMS = 0.1025;

    /**
     * An H200 with that many cores, 2 or 16.
     *
     * @param scoreNanos of a score on its way there, and on its way back
     */
    static MadeUpMachine withH200(int processors, double scoreNanos) {
        Map<String, Double> device = new HashMap<>(H200);
        device.put("scoreNanos", scoreNanos);
        device.put("gradient.scoreNanos", 2 * scoreNanos);
        return new MadeUpMachine(processors, processors == 2 ? TWO_CORES : SIXTEEN_CORES, device);
    }

    /** An H200 with 16 cores that copy parts of a batch while others are on their way. */
    static MadeUpMachine withStreams() {
        MadeUpMachine machine = withH200(16, SCORE_OF_STREAMS);
        Map<String, Double> device = new HashMap<>(machine.device);
        device.put("callNanos", CALL_OF_STREAMS);
        return new MadeUpMachine(machine.processors, machine.cpu, device);
    }

    /** Which backend a call would be computed on once the device is started. */
    String chosen(CtcBatch batch, CtcOptions options) {
        return nanos("tornado", batch, options) < nanos("cpu", batch, options) ? "tornado" : "cpu";
    }

    /** The same with scores and gradient in memory that {@code tornado} has lent. */
    String chosenInLentMemory(CtcBatch batch, CtcOptions options) {
        return lentNanos("tornado", batch, options) < lentNanos("cpu", batch, options) ? "tornado" : "cpu";
    }

    double nanos(String backend, CtcBatch batch, CtcOptions options) {
        return costs(backend).callNanos(CtcCall.of(batch, options, processors));
    }

    double lentNanos(String backend, CtcBatch batch, CtcOptions options) {
        return costs(backend).callNanos(CtcCall.of(batch, options, processors).withLent(true));
    }

    private CtcCosts costs(String backend) {
        CtcCostModel model = CtcBackends.provider(backend).costModel().orElseThrow();
        Map<String, Double> all = new HashMap<>(model.builtIn());
        all.putAll(backend.equals("cpu") ? cpu : device);
        return model.costs(all);
    }

    /** A batch of that shape, without scores: lengths are as those of a benchmark. */
    static CtcBatch sizes(CtcShape shape) {
        Random random = new Random(1);
        int least = (int) Math.ceil(0.7 * shape.timeSteps());
        int[] inputLengths =
                random.ints(shape.batchSize(), least, shape.timeSteps() + 1).toArray();
        int[][] targets = new int[shape.batchSize()][];
        for (int b = 0; b < targets.length; b++) {
            int fewest = (int) Math.ceil(0.5 * shape.maxTargetLength());
            int length = random.nextInt(fewest, shape.maxTargetLength() + 1);
            targets[b] = random.ints(length, 1, shape.symbols()).toArray();
        }
        return CtcBatch.builder(shape.timeSteps(), shape.batchSize(), shape.symbols())
                .scoresOnDevice()
                .inputLengths(inputLengths)
                .targets(targets)
                .build();
    }
}
