package io.github.tornadoctc.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.compare.Difference;

/** The backend that properties are tried on, and on what cases. */
interface Properties {
    CtcOptions LOGITS = CtcOptions.defaults();

    CtcBackend backend();

    /** How far a loss may be off, see {@link Difference#relative}. */
    double lossTolerance();

    /** How far an element of the gradient may be off; none is larger than 1. */
    double gradientTolerance();

    /** The largest case. */
    Sizes largest();

    /** How many cases. */
    int trials();

    default void hold(Trials.Law law) {
        Trials.hold(trials(), largest(), law);
    }

    default CtcResult compute(RandomCase any, CtcOptions options) {
        return backend().compute(any.batch(), options);
    }

    /** That losses are near each other, and the gradient of each symbol is near that of its name. */
    default void assertAlike(RandomCase any, CtcResult expected, CtcResult actual, int... names) {
        assertThat(actual.statuses()).isEqualTo(expected.statuses());
        assertLosses(expected, actual);
        CtcBatch batch = any.batch();
        for (int b = 0; b < any.batchSize; b++) {
            for (int t = 0; t < any.timeSteps; t++) {
                for (int v = 0; v < any.symbols; v++) {
                    assertThat(actual.gradient(batch, t, b, names[v]))
                            .as("gradient at frame %d, utterance %d, symbol %d", t, b, names[v])
                            .isCloseTo(expected.gradient(batch, t, b, v), within((float) (2 * gradientTolerance())));
                }
            }
        }
    }

    default void assertLosses(CtcResult expected, CtcResult actual) {
        for (int b = 0; b < expected.losses().length; b++) {
            assertLoss(b, actual.loss(b), expected.loss(b));
        }
    }

    default void assertLoss(int b, double actual, double expected) {
        assertThat(Difference.relative(actual, expected))
                .as("relative error of loss %d, %s, which should be %s", b, actual, expected)
                .isLessThanOrEqualTo(2 * lossTolerance());
    }
}
