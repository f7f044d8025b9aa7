package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExponentialTest {
    private static final double ONE = Exponential.ONE;

    private static double relativeError(float x) {
        return Exponential.scaled(x) / ONE / Math.exp(x) - 1;
    }

    @Test
    void itIsWithinAnUlpAndAHalfEverywhereAndOnAverageFarNearer() {
        double sum = 0;
        double largest = 0;
        int count = 0;
        for (float x = -41.5f; x <= 0; x += 1e-5f) {
            double error = relativeError(x);
            sum += error;
            largest = Math.max(largest, Math.abs(error));
            count++;
        }
        assertThat(largest).isLessThan(2e-7);
        assertThat(Math.abs(sum / count)).isLessThan(5e-9);
    }

    /** Of rows whose scores are all about the same, the mean over a small interval is the error of the loss. */
    @Test
    void onAverageOverATenthItIsNear() {
        for (int tenth = -400; tenth < 0; tenth++) {
            double sum = 0;
            for (int i = 0; i < 1000; i++) {
                sum += relativeError(tenth / 10f + i / 10_000f);
            }
            assertThat(Math.abs(sum / 1000)).as("from %s on", tenth / 10f).isLessThan(4e-8);
        }
    }

    @Test
    void ofZeroItIsExactAndFarDownItIsZero() {
        assertThat(Exponential.scaled(0f)).isEqualTo(Exponential.ONE);
        assertThat(Exponential.scaled(-Float.MIN_VALUE)).isEqualTo(Exponential.ONE);
        assertThat(Exponential.scaled(-43f)).isZero();
        assertThat(Exponential.scaled(-1e30f)).isZero();
        assertThat(Exponential.scaled(Float.NEGATIVE_INFINITY)).isZero();
    }

    @Test
    void itNeverGrowsDownwards() {
        for (float x = -41f; x < 0; x += 1e-3f) {
            assertThat(Exponential.scaled(x)).isGreaterThan(Exponential.scaled(x - 0.01f));
        }
    }
}
