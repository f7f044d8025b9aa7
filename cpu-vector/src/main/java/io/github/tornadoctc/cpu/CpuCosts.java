package io.github.tornadoctc.cpu;

import static io.github.tornadoctc.CtcCostModel.constant;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcCosts;
import io.github.tornadoctc.CtcOptions;
import java.util.Map;

/**
 * What calls of {@link CpuCtc} take: what all utterances take one after the other, over the threads that there are, but
 * not less than half of the longest one, since an utterance is split in two at most.
 *
 * @param callNanos of a call, whatever is in it
 * @param frame nanoseconds of a frame, on one thread
 * @param symbol nanoseconds of a score
 * @param pair nanoseconds of a blank and a label at one frame
 * @param speedup how many times as fast all processors are as one
 * @param processors how many those are
 */
record CpuCosts(double callNanos, Step frame, Step symbol, Step pair, double speedup, double processors)
        implements CtcCosts {
    static final String CALL = "callNanos";
    static final String FRAME = "frameNanos";
    static final String SYMBOL = "symbolNanos";
    static final String PAIR = "pairNanos";
    static final String SPEEDUP = "speedup";
    static final String PROCESSORS = "processors";

    /** A thread that helps finds memory and caches in use. */
    private static final double BUILT_IN_EFFICIENCY = 0.9;

    private static final String GRADIENT = "gradient.";

    /** Nanoseconds of something for losses alone, and for losses and gradient. */
    record Step(double loss, double step) {
        double nanos(boolean gradient) {
            return gradient ? step : loss;
        }
    }

    /** One core of an AMD EPYC with vectors of 512 bits, and as many as there are. */
    static Map<String, Double> builtIn(int processors) {
        return Map.of(
                PROCESSORS,
                (double) processors,
                CALL,
                4_000.0,
                FRAME,
                40.0,
                GRADIENT + FRAME,
                60.0,
                SYMBOL,
                0.3,
                GRADIENT + SYMBOL,
                0.6,
                PAIR,
                0.8,
                GRADIENT + PAIR,
                2.6,
                SPEEDUP,
                1 + BUILT_IN_EFFICIENCY * (processors - 1));
    }

    static CpuCosts of(Map<String, Double> constants) {
        return new CpuCosts(
                constant(constants, CALL),
                step(constants, FRAME),
                step(constants, SYMBOL),
                step(constants, PAIR),
                constant(constants, SPEEDUP),
                constant(constants, PROCESSORS));
    }

    private static Step step(Map<String, Double> constants, String name) {
        return new Step(constant(constants, name), constant(constants, GRADIENT + name));
    }

    /** The names of what is measured for losses alone or with the gradient. */
    static String name(String what, boolean gradient) {
        return gradient ? GRADIENT + what : what;
    }

    @Override
    public double startNanos() {
        return 0;
    }

    @Override
    public double callNanos(CtcBatch batch, CtcOptions options, int threads) {
        double all = 0;
        double longest = 0;
        for (int b = 0; b < batch.batchSize(); b++) {
            double nanos = utterance(batch, b, options.gradient());
            all += nanos;
            longest = Math.max(longest, nanos);
        }
        double shared = all / speedupOf(threads);
        return callNanos + Math.max(shared, threads > 1 ? longest / 2 : all);
    }

    private double utterance(CtcBatch batch, int b, boolean gradient) {
        double ofFrame = frame.nanos(gradient)
                + batch.symbols() * symbol.nanos(gradient)
                + (batch.targetLength(b) + 1) * pair.nanos(gradient);
        return batch.inputLength(b) * ofFrame;
    }

    /** Evenly from one thread to all of them. */
    private double speedupOf(int threads) {
        double helpers = Math.min(threads, processors) - 1;
        return helpers <= 0 ? 1 : 1 + (speedup - 1) * helpers / (processors - 1);
    }
}
