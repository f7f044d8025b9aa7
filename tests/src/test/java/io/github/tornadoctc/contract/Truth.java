package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.reference.ForwardBackward;
import org.assertj.core.data.Offset;

/** Holds a result to what the forward-backward tables in double say. */
final class Truth {

    private Truth() {}

    static void check(BackendUnderTest backend, CtcBatch batch, CtcOptions options, CtcResult result) {
        double reduced = 0;
        for (int b = 0; b < batch.batchSize(); b++) {
            ForwardBackward tables = new ForwardBackward(batch, b, options);
            double loss = loss(tables, options);
            double weight = weight(batch, b, options.reduction());
            assertThat(result.status(b)).as("status of utterance %d", b).isEqualTo(tables.status());
            checkLoss("loss of utterance " + b, result.loss(b), loss, backend.lossTolerance());
            if (options.gradient()) {
                checkGradient(backend, batch, b, result, tables, weight);
            }
            reduced += weight * loss;
        }
        checkLoss("reduced loss", result.reduced(), reduced, backend.lossTolerance());
    }

    private static double loss(ForwardBackward tables, CtcOptions options) {
        return switch (tables.status()) {
            case OK -> tables.loss();
            case INFEASIBLE -> options.zeroInfinity() ? 0 : Double.POSITIVE_INFINITY;
            case NON_FINITE -> Double.NaN;
        };
    }

    private static double weight(CtcBatch batch, int b, Reduction reduction) {
        return reduction == Reduction.MEAN ? 1.0 / batch.batchSize() / Math.max(batch.targetLength(b), 1) : 1;
    }

    static void checkLoss(String what, double actual, double expected, double tolerance) {
        if (Double.isFinite(expected)) {
            assertThat(actual).as(what).isCloseTo(expected, relative(expected, tolerance));
        } else {
            assertThat(actual).as(what).isEqualTo(Double.valueOf(expected)); // NaN equals NaN
        }
    }

    static Offset<Double> relative(double loss, double tolerance) {
        return within(tolerance * Math.max(1, Math.abs(loss)));
    }

    private static void checkGradient(
            BackendUnderTest backend, CtcBatch batch, int b, CtcResult result, ForwardBackward tables, double weight) {
        for (int t = 0; t < tables.timeSteps() && tables.status() == CtcStatus.OK; t++) {
            double[] expected = tables.gradient(t);
            for (int v = 0; v < batch.symbols(); v++) {
                float actual = result.gradient(batch, t, b, v);
                // written so that NaN fails; millions of elements are too many for an assertion each
                if (!(Math.abs(actual - weight * expected[v]) <= backend.gradientTolerance())) {
                    fail(
                            "gradient at frame %d, utterance %d, symbol %d is %s, not %s",
                            t, b, v, actual, weight * expected[v]);
                }
            }
        }
        checkGradientIsZero(batch, b, result, tables.status() == CtcStatus.OK ? tables.timeSteps() : 0);
    }

    /** That the gradient of utterance b is exactly 0 from a frame on. */
    static void checkGradientIsZero(CtcBatch batch, int b, CtcResult result, int from) {
        for (int t = from; t < batch.timeSteps(); t++) {
            for (int v = 0; v < batch.symbols(); v++) {
                float actual = result.gradient(batch, t, b, v);
                if (actual != 0) {
                    fail("gradient at frame %d, utterance %d, symbol %d is %s, not 0", t, b, v, actual);
                }
            }
        }
    }
}
