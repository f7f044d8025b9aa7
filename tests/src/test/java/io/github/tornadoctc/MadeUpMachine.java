package io.github.tornadoctc;

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
    /** One core of an AMD EPYC with AVX-512, of which 16 share the memory that rows are read from. */
    private static final double SPEEDUP_OF_16 = 6;

    private static final double SPEEDUP_OF_2 = 1.9;

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
     * An H200 with that many cores.
     *
     * @param scoreNanos of a score on its way there, and on its way back
     */
    static MadeUpMachine withH200(int processors, double scoreNanos) {
        Map<String, Double> device = new HashMap<>(H200);
        device.put("scoreNanos", scoreNanos);
        device.put("gradient.scoreNanos", 2 * scoreNanos);
        Map<String, Double> cpu =
                Map.of("processors", (double) processors, "speedup", processors == 2 ? SPEEDUP_OF_2 : SPEEDUP_OF_16);
        return new MadeUpMachine(processors, cpu, device);
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
        return costs(backend).callNanos(batch, options, processors);
    }

    double lentNanos(String backend, CtcBatch batch, CtcOptions options) {
        return costs(backend).lentCallNanos(batch, options, processors);
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
