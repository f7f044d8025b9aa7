package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.compare.Deviation;
import io.github.tornadoctc.compare.Difference;
import io.github.tornadoctc.compare.ResultComparison;
import io.github.tornadoctc.compare.Thresholds;
import io.github.tornadoctc.compare.Worst;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Holds what a backend computes to the double reference. */
final class HeldToReference {
    /** Largest absolute error of an element of the gradient. */
    static final double GRADIENT = 2e-7;

    /** Largest relative error of a loss, also of one below 1. */
    private static final double LOSS = 1e-7;

    private HeldToReference() {}

    static void check(CtcBackend backend, CtcBatch batch, CtcOptions options) {
        CtcResult result = dirtyResult(batch, options);
        backend.compute(batch, options, result);
        ResultComparison comparison = ResultComparison.of(batch, options, result);
        assertThat(comparison.beyond(Thresholds.of(LOSS, GRADIENT))).isEmpty();
        for (Deviation utterance : comparison.utterances()) {
            assertDigitsOfSmallLoss(utterance.loss());
        }
        assertDigitsOfSmallLoss(comparison.reduced());
    }

    /** A result that an earlier batch has left full of values. */
    static CtcResult dirtyResult(CtcBatch batch, CtcOptions options) {
        if (!options.gradient()) {
            return CtcResult.allocate(batch, options);
        }
        MemorySegment gradient = Arena.ofAuto().allocate(batch.scores().byteSize(), 64);
        return CtcResult.withGradientIn(gradient.fill((byte) 0x7f), batch);
    }

    /** Below 1 a comparison counts absolute errors; this backend adds up in double, and keeps the digits there too. */
    private static void assertDigitsOfSmallLoss(Worst loss) {
        if (Math.abs(loss.expected()) < 1) {
            // the reference itself is no better than an ulp of the log-probabilities it adds up
            assertThat(Difference.absolute(loss.actual(), loss.expected()))
                    .as("error of %s", loss)
                    .isLessThanOrEqualTo(Math.max(LOSS * Math.abs(loss.expected()), 1e-12));
        }
    }
}
