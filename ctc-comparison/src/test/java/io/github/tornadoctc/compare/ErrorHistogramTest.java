package io.github.tornadoctc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.junit.jupiter.api.Test;

class ErrorHistogramTest {
    private final ErrorHistogram histogram = new ErrorHistogram();

    @Test
    void percentilesAreNeverBelowTheTrueOneAndLittleAbove() {
        Random random = new Random(1);
        double[] errors = random.doubles(100_000, -40, 1)
                .map(each -> Math.scalb(1 + random.nextDouble(), (int) each))
                .toArray();
        for (double error : errors) {
            histogram.add(error);
        }
        Percentile exact = new Percentile().withEstimationType(Percentile.EstimationType.R_1);
        exact.setData(errors);
        for (double percent : new double[] {1, 50, 99, 99.9, 100}) {
            double truth = exact.evaluate(percent);
            assertThat(histogram.percentile(percent)).isBetween(truth, truth * (1 + 1.0 / 64));
        }
    }

    @Test
    void mostErrorsMayBeZero() {
        for (int i = 0; i < 999; i++) {
            histogram.add(0);
        }
        histogram.add(1e-7);
        assertThat(histogram.percentile(99.9)).isZero();
        assertThat(histogram.percentile(100)).isEqualTo(1e-7);
        assertThat(histogram.zeros()).isEqualTo(999);
        assertThat(histogram.count()).isEqualTo(1000);
    }

    @Test
    void ofNoErrors() {
        assertThat(histogram.percentile(99.9)).isZero();
    }

    @Test
    void errorsOutOfRangeAreCountedAtItsEnds() {
        histogram.add(1e-300);
        histogram.add(1e300);
        histogram.add(Double.POSITIVE_INFINITY);
        assertThat(histogram.count()).isEqualTo(3);
        assertThat(histogram.between(0, 1e-19)).isEqualTo(1);
        assertThat(histogram.percentile(33)).isPositive().isLessThan(1e-19);
        assertThat(histogram.percentile(99.9)).isInfinite();
    }

    @Test
    void twoTogetherAreTheSumOfBoth() {
        histogram.add(1e-7);
        ErrorHistogram other = new ErrorHistogram();
        other.add(1e-3);
        other.add(0);
        histogram.add(other);
        assertThat(histogram.count()).isEqualTo(3);
        assertThat(histogram.between(1e-8, 1e-6)).isEqualTo(1);
        assertThat(histogram.percentile(100)).isEqualTo(1e-3);
    }
}
