package io.github.tornadoctc.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Compares a backend with the double reference. */
final class HeldToReference {
    /** Largest absolute error of the gradient, and largest relative error of a loss. */
    static final double GRADIENT = 2e-7;

    static final double LOSS = 1e-7;

    private HeldToReference() {}

    static void check(CtcBackend backend, CtcBatch batch, CtcOptions options) {
        check(backend, batch, options, GRADIENT, LOSS);
    }

    static void check(CtcBackend backend, CtcBatch batch, CtcOptions options, double gradient, double loss) {
        CtcResult expected = new ReferenceCtc().compute(batch, options);
        CtcResult actual = dirtyResult(batch, options);
        backend.compute(batch, options, actual);
        assertThat(actual.statuses()).isEqualTo(expected.statuses());
        for (int b = 0; b < batch.batchSize(); b++) {
            assertCloseLoss(b, actual.loss(b), expected.loss(b), loss);
        }
        assertCloseLoss(-1, actual.reduced(), expected.reduced(), loss);
        if (options.gradient()) {
            assertThat(largestError(actual, expected)).as("gradient error").isLessThanOrEqualTo(gradient);
            assertZerosAreExact(batch, actual);
        }
    }

    /** A result that an earlier batch has left full of values. */
    static CtcResult dirtyResult(CtcBatch batch, CtcOptions options) {
        if (!options.gradient()) {
            return CtcResult.allocate(batch, options);
        }
        MemorySegment gradient = Arena.ofAuto().allocate(batch.scores().byteSize(), 64);
        return CtcResult.withGradientIn(gradient.fill((byte) 0x7f), batch);
    }

    private static void assertCloseLoss(int b, double actual, double expected, double relative) {
        if (Double.isFinite(expected)) {
            // the reference itself is no better than an ulp of the log-probabilities it adds up
            assertThat(Math.abs(actual - expected))
                    .as("loss %d: %s for %s", b, actual, expected)
                    .isLessThanOrEqualTo(Math.max(relative * Math.abs(expected), 1e-12));
        } else {
            assertThat(Double.valueOf(actual)).as("loss %d", b).isEqualTo(Double.valueOf(expected));
        }
    }

    static double largestError(CtcResult actual, CtcResult expected) {
        double largest = 0;
        for (long at = 0; at < expected.gradient().byteSize(); at += Float.BYTES) {
            double error = Math.abs(actual.gradient().get(JAVA_FLOAT, at)
                    - (double) expected.gradient().get(JAVA_FLOAT, at));
            if (!(error <= largest)) {
                largest = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
            }
        }
        return largest;
    }

    private static void assertZerosAreExact(CtcBatch batch, CtcResult result) {
        for (int b = 0; b < batch.batchSize(); b++) {
            int from = result.status(b) == CtcStatus.OK ? batch.inputLength(b) : 0;
            for (int t = from; t < batch.timeSteps(); t++) {
                for (int v = 0; v < batch.symbols(); v++) {
                    assertThat(result.gradient(batch, t, b, v)).isZero();
                }
            }
        }
    }
}
