package io.github.tornadoctc.kernels;

import static io.github.tornadoctc.CtcCostModel.constant;
import static java.util.Map.entry;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcCall;
import io.github.tornadoctc.CtcCosts;
import java.util.Map;

/**
 * What calls of {@link DeviceLoss} take, from host memory to host memory. All scores of the batch go to the device and, as
 * a gradient, back: of the caller's own memory with copies by the host's threads, of {@linkplain LentMemory lent} memory as
 * fast as the bus is. Rows and gradient are a part of that, since they take a time for each score as well. The recursions
 * of all utterances run at once, as long as the longest one's frames take one after the other, or as all of them need where
 * they are more than the device has room for.
 *
 * @param startNanos to start TornadoVM and to compile the kernels
 * @param elsewhere what there is to travel in the caller's own memory
 * @param lent in memory that the backend has lent
 * @param loss recursions for losses alone
 * @param step recursions for losses and gradient
 */
record DeviceCosts(double startNanos, Travel elsewhere, Travel lent, Rates loss, Rates step) implements CtcCosts {
    static final String START = "startNanos";
    static final String CALL = "callNanos";
    static final String SCORE = "scoreNanos";
    static final String FRAME = "frameNanos";
    static final String PAIR = "pairNanos";
    static final String LENT = "lent.";
    private static final String GRADIENT = "gradient.";

    /**
     * What a call takes besides the recursions.
     *
     * @param callNanos of a call, whatever is in it
     * @param lossNanos of a score on its way to the device and through the rows
     * @param stepNanos of a score, and as an element of the gradient back
     */
    record Travel(double callNanos, double lossNanos, double stepNanos) {
        private static Travel of(Map<String, Double> constants, String prefix) {
            return new Travel(
                    constant(constants, prefix + CALL),
                    constant(constants, prefix + SCORE),
                    constant(constants, prefix + GRADIENT + SCORE));
        }

        /** Most of what a score or an element takes is the bus, on which 16 bits take half as long. */
        private double nanos(CtcCall call) {
            CtcBatch batch = call.batch();
            double scores = (double) batch.timeSteps() * batch.batchSize() * batch.symbols();
            double ofGradient = Math.max(0, stepNanos - lossNanos);
            return callNanos + scores * (call.scoreWidth() * lossNanos + call.gradientWidth() * ofGradient);
        }
    }

    /**
     * What recursions of one kind take.
     *
     * @param frameNanos of a frame of the longest utterance
     * @param pairNanos of a blank and a label at one frame where the device is full of them
     */
    record Rates(double frameNanos, double pairNanos) {
        private static Rates of(Map<String, Double> constants, String prefix) {
            return new Rates(constant(constants, prefix + FRAME), constant(constants, prefix + PAIR));
        }

        private double nanos(CtcBatch batch) {
            int longest = 0;
            double pairs = 0;
            for (int b = 0; b < batch.batchSize(); b++) {
                longest = Math.max(longest, batch.inputLength(b));
                pairs += (double) batch.inputLength(b) * (batch.targetLength(b) + 1);
            }
            return Math.max(longest * frameNanos, pairs * pairNanos);
        }
    }

    /** A GPU of the middle class, on a bus that copies 13 GB a second. */
    static Map<String, Double> builtIn() {
        return Map.ofEntries(
                entry(START, 4e9),
                entry(CALL, 150_000.0),
                entry(SCORE, 0.35),
                entry(GRADIENT + SCORE, 0.7),
                entry(LENT + CALL, 100_000.0),
                entry(LENT + SCORE, 0.32),
                entry(LENT + GRADIENT + SCORE, 0.64),
                entry(FRAME, 100.0),
                entry(GRADIENT + FRAME, 230.0),
                entry(PAIR, 0.05),
                entry(GRADIENT + PAIR, 0.1));
    }

    static DeviceCosts of(Map<String, Double> constants) {
        return new DeviceCosts(
                constant(constants, START),
                Travel.of(constants, ""),
                Travel.of(constants, LENT),
                Rates.of(constants, ""),
                Rates.of(constants, GRADIENT));
    }

    /** The names of what is measured for losses alone or with the gradient. */
    static String name(String what, boolean gradient) {
        return gradient ? GRADIENT + what : what;
    }

    @Override
    public double callNanos(CtcCall call) {
        Travel travel = call.lent() ? lent : elsewhere;
        Rates rates = call.options().gradient() ? step : loss;
        return travel.nanos(call) + rates.nanos(call.batch());
    }
}
