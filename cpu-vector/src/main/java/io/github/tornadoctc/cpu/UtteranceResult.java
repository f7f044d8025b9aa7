package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;

/** What comes before the recursion of an utterance and after it. */
final class UtteranceResult {
    private static final double LN_2 = 0.6931471805599453;

    private final CtcBatch batch;
    private final CtcOptions options;
    private final CtcResult result;

    UtteranceResult(CtcBatch batch, CtcOptions options, CtcResult result) {
        this.batch = batch;
        this.options = options;
        this.result = result;
    }

    /** Makes ready for the rows of utterance b. */
    void open(Utterance u, int b) {
        u.target.read(batch, b);
        u.frames.prepare(batch, b, options, result, u.target);
    }

    /** Computes utterance b on one thread, rows having been read. */
    void compute(Worker worker, Utterance u, int b) {
        u.time.read(u.frames, u.target);
        boolean done = false;
        if (hasPaths(u, b)) {
            Recursions kind = Recursions.first(u);
            done = worker.computes(u, kind) || (kind == Recursions.LINEAR && worker.computes(u, Recursions.EXTENDED));
        }
        close(worker, u, b, done);
    }

    /** Whether there is anything for a recursion to do, rows having been read. */
    boolean hasPaths(Utterance u, int b) {
        return u.time.finite && u.frames.count > 0 && batch.hasEnoughFrames(b);
    }

    /**
     * Sets loss and status of utterance b, and what is 0 of its gradient.
     *
     * @param done whether a recursion has found paths, and written their gradient
     */
    void close(Worker worker, Utterance u, int b, boolean done) {
        double loss = done ? loss(u) : lossWithoutPaths(u);
        CtcStatus status = Double.isNaN(loss)
                ? CtcStatus.NON_FINITE
                : loss == Double.POSITIVE_INFINITY ? CtcStatus.INFEASIBLE : CtcStatus.OK;
        result.set(b, status, loss, options);
        if (options.gradient()) {
            int from = status == CtcStatus.OK ? u.frames.count : 0;
            u.frames.finishGradient(worker.rows(), from, batch.timeSteps());
        }
        u.frames.release();
    }

    private static double loss(Utterance u) {
        // one logarithm of the quotient, so that a loss near 0 is not the difference of two large numbers
        return u.frames.logits
                ? -(Math.log(u.z / u.time.product) + (u.zExponent - u.time.productExponent) * LN_2 + u.reference)
                : -(Math.log(u.z) + u.zExponent * LN_2 + u.reference);
    }

    private static double lossWithoutPaths(Utterance u) {
        if (!u.time.finite) {
            return Double.NaN;
        }
        return u.frames.count == 0 && u.target.labels == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
}
