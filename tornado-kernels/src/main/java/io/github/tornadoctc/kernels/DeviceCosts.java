package io.github.tornadoctc.kernels;

import static io.github.tornadoctc.CtcCostModel.constant;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcCosts;
import io.github.tornadoctc.CtcOptions;
import java.util.Map;

/**
 * What calls of {@link DeviceLoss} take, from host memory to host memory. All scores of the batch go to the device and, as
 * a gradient, back; rows and gradient are a part of that, since they take a time for each score as well. The recursions of
 * all utterances run at once, as long as the longest one's frames take one after the other, or as all of them need where
 * they are more than the device has room for.
 *
 * @param startNanos to start TornadoVM and to compile the kernels
 * @param callNanos of a call, whatever is in it
 * @param loss for losses alone
 * @param step for losses and gradient
 */
record DeviceCosts(double startNanos, double callNanos, Rates loss, Rates step) implements CtcCosts {
    static final String START = "startNanos";
    static final String CALL = "callNanos";
    static final String SCORE = "scoreNanos";
    static final String FRAME = "frameNanos";
    static final String PAIR = "pairNanos";
    private static final String GRADIENT = "gradient.";

    /**
     * What calls of one kind take.
     *
     * @param scoreNanos of a score on its way to the device, through the kernels, and back
     * @param frameNanos of a frame of the longest utterance
     * @param pairNanos of a blank and a label at one frame where the device is full of them
     */
    record Rates(double scoreNanos, double frameNanos, double pairNanos) {
        double nanos(double scores, double longest, double pairs) {
            return scores * scoreNanos + Math.max(longest * frameNanos, pairs * pairNanos);
        }
    }

    /** A GPU of the middle class, on a bus that copies 13 GB a second. */
    static Map<String, Double> builtIn() {
        return Map.of(
                START,
                4e9,
                CALL,
                150_000.0,
                SCORE,
                0.35,
                GRADIENT + SCORE,
                0.7,
                FRAME,
                100.0,
                GRADIENT + FRAME,
                230.0,
                PAIR,
                0.05,
                GRADIENT + PAIR,
                0.1);
    }

    static DeviceCosts of(Map<String, Double> constants) {
        return new DeviceCosts(
                constant(constants, START),
                constant(constants, CALL),
                rates(constants, ""),
                rates(constants, GRADIENT));
    }

    private static Rates rates(Map<String, Double> constants, String prefix) {
        return new Rates(
                constant(constants, prefix + SCORE),
                constant(constants, prefix + FRAME),
                constant(constants, prefix + PAIR));
    }

    /** The names of what is measured for losses alone or with the gradient. */
    static String name(String what, boolean gradient) {
        return gradient ? GRADIENT + what : what;
    }

    @Override
    public double callNanos(CtcBatch batch, CtcOptions options, int threads) {
        int longest = 0;
        double pairs = 0;
        for (int b = 0; b < batch.batchSize(); b++) {
            longest = Math.max(longest, batch.inputLength(b));
            pairs += (double) batch.inputLength(b) * (batch.targetLength(b) + 1);
        }
        // most of what a score takes is the bus, which it needs half as long with 16 bits
        double width = (double) batch.scoreType().bytes() / Float.BYTES;
        double scores = width * batch.timeSteps() * batch.batchSize() * batch.symbols();
        return callNanos + (options.gradient() ? step : loss).nanos(scores, longest, pairs);
    }
}
