package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.compare.Difference;
import io.github.tornadoctc.compare.ResultComparison;
import io.github.tornadoctc.compare.Thresholds;

/** The backend that rules are held against, and how near the truth it must come. */
interface BackendUnderTest {
    CtcOptions LOGITS = CtcOptions.defaults();
    CtcOptions LOG_PROBS = LOGITS.withScores(Scores.LOG_PROBS);

    CtcBackend backend();

    /** How far a loss may be off, see {@link Difference#relative}. */
    double lossTolerance();

    /** How far an element of the gradient may be off; none is larger than 1. */
    double gradientTolerance();

    /** Whether large sizes would take minutes. */
    boolean slow();

    /** A size, or a smaller one that shows the same where the backend is slow. */
    default int size(int full, int whereSlow) {
        return slow() ? whereSlow : full;
    }

    default CtcResult compute(CtcBatch batch) {
        return compute(batch, LOGITS);
    }

    default CtcResult compute(CtcBatch batch, CtcOptions options) {
        return backend().compute(batch, options);
    }

    /** Computes, and checks what has been computed. */
    default CtcResult computeAndCheck(CtcBatch batch) {
        return computeAndCheck(batch, LOGITS);
    }

    default CtcResult computeAndCheck(CtcBatch batch, CtcOptions options) {
        CtcResult result = compute(batch, options);
        check(batch, options, result);
        return result;
    }

    /** Holds statuses, losses, the reduced loss and the gradient to the truth. */
    default void check(CtcBatch batch, CtcOptions options, CtcResult result) {
        Thresholds tolerances = Thresholds.of(lossTolerance(), gradientTolerance());
        assertThat(ResultComparison.of(batch, options, result).beyond(tolerances))
                .isEmpty();
    }

    /** That a loss is what it should be. */
    default void assertLoss(double actual, double expected, double tolerance) {
        assertThat(Difference.relative(actual, expected))
                .as("relative error of %s, which should be %s", actual, expected)
                .isLessThanOrEqualTo(tolerance);
    }
}
