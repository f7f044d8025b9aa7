package io.github.tornadoctc.cpu;

import static io.github.tornadoctc.CtcCostModel.constant;
import static java.util.Map.entry;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcCall;
import io.github.tornadoctc.CtcCosts;
import java.util.Map;

/**
 * What calls of {@link CpuCtc} take: what all utterances take one after the other, over the threads that there are; but not
 * less than half of the longest one, since an utterance is split in two at most, and not less than the memory takes that
 * all threads read scores from and write the gradient to. That is the roofline model (Williams, Waterman and Patterson
 * 2009).
 *
 * @param callNanos of a call, whatever is in it
 * @param helpNanos until all threads are at work, and until the last has said that it is done
 * @param dense what a frame takes on one thread where every symbol has a slot
 * @param sparse what it takes where only those of the target have, which are looked up in each row
 * @param symbol nanoseconds of a score, on one thread
 * @param memory nanoseconds of a float32 score and of an element of the gradient, if it is wanted, that come from memory and
 *     go there, whatever the number of threads
 * @param speedup how many times as fast all processors are as one, but for memory
 * @param processors how many those are
 */
record CpuCosts(
        double callNanos,
        double helpNanos,
        Frame dense,
        Frame sparse,
        Step symbol,
        Step memory,
        double speedup,
        double processors)
        implements CtcCosts {
    static final String CALL = "callNanos";
    static final String HELP = "helpNanos";
    static final String FRAME = "frameNanos";
    static final String SYMBOL = "symbolNanos";
    static final String MEMORY = "memoryNanos";
    static final String PAIR = "pairNanos";
    static final String SPARSE_FRAME = "sparseFrameNanos";
    static final String SPARSE_PAIR = "sparsePairNanos";
    static final String SPEEDUP = "speedup";
    static final String PROCESSORS = "processors";

    /** A thread that helps finds caches in use, and clocks lower. */
    private static final double BUILT_IN_EFFICIENCY = 0.9;

    private static final String GRADIENT = "gradient.";

    /** Nanoseconds of something for losses alone, and for losses and gradient. */
    record Step(double loss, double step) {
        double nanos(boolean gradient) {
            return gradient ? step : loss;
        }
    }

    /**
     * What a frame takes besides its scores.
     *
     * @param own nanoseconds of a frame, whatever is in it
     * @param pair nanoseconds of a blank and a label
     */
    record Frame(Step own, Step pair) {
        double nanos(int pairs, boolean gradient) {
            return own.nanos(gradient) + pairs * pair.nanos(gradient);
        }
    }

    /** Cores of an AMD EPYC with vectors of 512 bits, and 60 GB a second from and to memory; as many as there are. */
    static Map<String, Double> builtIn(int processors) {
        return Map.ofEntries(
                entry(PROCESSORS, (double) processors),
                entry(CALL, 1_000.0),
                entry(HELP, processors == 1 ? 0 : 30_000.0),
                entry(FRAME, 40.0),
                entry(GRADIENT + FRAME, 100.0),
                entry(SYMBOL, 0.35),
                entry(GRADIENT + SYMBOL, 0.63),
                entry(MEMORY, 0.07),
                entry(GRADIENT + MEMORY, 0.2),
                entry(PAIR, 0.4),
                entry(GRADIENT + PAIR, 1.9),
                entry(SPARSE_FRAME, 70.0),
                entry(GRADIENT + SPARSE_FRAME, 140.0),
                entry(SPARSE_PAIR, 3.0),
                entry(GRADIENT + SPARSE_PAIR, 8.0),
                entry(SPEEDUP, 1 + BUILT_IN_EFFICIENCY * (processors - 1)));
    }

    static CpuCosts of(Map<String, Double> constants) {
        return new CpuCosts(
                constant(constants, CALL),
                constant(constants, HELP),
                new Frame(step(constants, FRAME), step(constants, PAIR)),
                new Frame(step(constants, SPARSE_FRAME), step(constants, SPARSE_PAIR)),
                step(constants, SYMBOL),
                step(constants, MEMORY),
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
    public double callNanos(CtcCall call) {
        CtcBatch batch = call.batch();
        boolean gradient = call.options().gradient();
        double all = 0;
        double longest = 0;
        double frames = 0;
        for (int b = 0; b < batch.batchSize(); b++) {
            double nanos = utterance(batch, b, gradient);
            all += nanos;
            longest = Math.max(longest, nanos);
            frames += batch.inputLength(b);
        }
        double moving = frames * batch.symbols() * moved(call) * memory.nanos(gradient);
        double alone = Math.max(all, moving);
        if (Math.min(call.threads(), processors) <= 1) {
            return callNanos + alone;
        }
        double shared = Math.max(all / speedupOf(call.threads()), longest / 2);
        // who has begun does not wait for help
        return callNanos + Math.min(alone, helpNanos + Math.max(shared, moving));
    }

    private double utterance(CtcBatch batch, int b, boolean gradient) {
        Frame frame = batch.symbols() <= Target.MAX_DENSE_SYMBOLS ? dense : sparse;
        double ofSymbols = batch.symbols() * symbol.nanos(gradient);
        return batch.inputLength(b) * (ofSymbols + frame.nanos(batch.targetLength(b) + 1, gradient));
    }

    /** What goes from and to memory, of what it is in float32. */
    private static double moved(CtcCall call) {
        return call.options().gradient() ? (call.scoreWidth() + call.gradientWidth()) / 2 : call.scoreWidth();
    }

    /** Evenly from one thread to all of them. */
    private double speedupOf(int threads) {
        double helpers = Math.min(threads, processors) - 1;
        return helpers <= 0 ? 1 : 1 + (speedup - 1) * helpers / (processors - 1);
    }
}
