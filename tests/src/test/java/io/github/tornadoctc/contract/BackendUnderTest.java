package io.github.tornadoctc.contract;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;

/** The backend that rules are held against, and how near the truth it must come. */
interface BackendUnderTest {
    CtcOptions LOGITS = CtcOptions.defaults();
    CtcOptions LOG_PROBS = LOGITS.withScores(Scores.LOG_PROBS);

    CtcBackend backend();

    /** How far a loss may be off, relative to the loss, or to 1 where it is smaller. */
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

    /** Computes, and holds statuses, losses, the reduced loss and the gradient to the truth. */
    default CtcResult computeAndCheck(CtcBatch batch) {
        return computeAndCheck(batch, LOGITS);
    }

    default CtcResult computeAndCheck(CtcBatch batch, CtcOptions options) {
        CtcResult result = compute(batch, options);
        Truth.check(this, batch, options, result);
        return result;
    }
}
