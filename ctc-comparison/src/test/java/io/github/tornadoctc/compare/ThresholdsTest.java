package io.github.tornadoctc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ThresholdsTest {
    @Test
    void aThresholdMustBeANumber() {
        assertThatThrownBy(() -> new Thresholds(Double.NaN, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lossError = NaN");
        assertThatThrownBy(() -> Thresholds.of(1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gradientError = -1.0");
    }

    @Test
    void rowSumsMayBeLeftToTheirElements() {
        assertThat(Thresholds.of(1e-7, 2e-7)).isEqualTo(new Thresholds(1e-7, 2e-7, Double.POSITIVE_INFINITY));
    }
}
