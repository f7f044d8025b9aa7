package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;

/**
 * The workspace of one utterance at a time, and the steps of computing it: rows to emissions, the recursion, the
 * gradient. Everything in it is reused, so that a steady stream of batches allocates nothing.
 */
final class Utterance {
    private static final double LN_2 = 0.6931471805599453;

    private final RowKernels rows;
    private final Target target = new Target();
    private final Frames frames = new Frames();
    private final Timeline time = new Timeline();
    private final LinearRecursion linear;
    private final LogRecursion logarithmic;

    Utterance(Kernels kernels) {
        this.rows = kernels.rows();
        this.linear =
                new LinearRecursion(kernels.states(), rows, new Lattice(), target, frames, time, new Checkpoints());
        this.logarithmic = new LogRecursion(target, frames, rows);
    }

    /** Computes utterance b of the batch and sets its part of the result. */
    void compute(CtcBatch batch, int b, CtcOptions options, CtcResult result) {
        target.read(batch, b);
        frames.prepare(batch, b, options, result, target);
        try {
            CtcStatus status = CtcStatus.OK;
            double loss = 0;
            if (frames.count > 0) {
                readRows(0, frames.count);
                time.read(frames, target);
                loss = time.finite ? loss(batch.hasEnoughFrames(b)) : Double.NaN;
            } else if (target.labels > 0) {
                loss = Double.POSITIVE_INFINITY;
            }
            if (Double.isNaN(loss)) {
                status = CtcStatus.NON_FINITE;
            } else if (loss == Double.POSITIVE_INFINITY) {
                status = CtcStatus.INFEASIBLE;
            }
            result.set(b, status, loss, options);
            if (frames.wantsGradient) {
                clearRows(status == CtcStatus.OK ? frames.count : 0, batch.timeSteps());
            }
        } finally {
            frames.release();
        }
    }

    private void readRows(int from, int to) {
        if (target.dense) {
            rows.denseRows(frames, target, from, to);
        } else {
            rows.sparseRows(frames, target, from, to);
        }
    }

    /** −ln p(target | scores), having written the gradient if that is finite. */
    private double loss(boolean enoughFrames) {
        if (!enoughFrames) {
            return Double.POSITIVE_INFINITY;
        }
        if (time.linear) {
            linear.prepare();
            if (linear.forward() && (!frames.wantsGradient || linear.backward())) {
                return linearLoss();
            }
        }
        double logZ = logarithmic.forward();
        if (logZ == Double.NEGATIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        if (frames.wantsGradient) {
            logarithmic.backward(logZ);
        }
        return frames.logits ? Math.log(time.product) + time.productExponent * LN_2 - logZ : -logZ;
    }

    private double linearLoss() {
        double z = linear.likelihood();
        long exponent = linear.likelihoodExponent();
        // one logarithm of the quotient, so that a loss near 0 is not the difference of two large numbers
        return frames.logits
                ? -(Math.log(z / time.product) + (exponent - time.productExponent) * LN_2)
                : -(Math.log(z) + exponent * LN_2 + time.reference);
    }

    private void clearRows(int from, int to) {
        for (int t = from; t < to; t++) {
            frames.gradient
                    .asSlice(frames.rowBytes(t), (long) frames.symbols * Float.BYTES)
                    .fill((byte) 0);
        }
    }
}
