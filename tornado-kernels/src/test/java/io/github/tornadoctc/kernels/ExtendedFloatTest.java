package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendedFloatTest {
    @Test
    void powersOfAHalfAreExactAndEndAtZero() {
        for (int k = 0; k < ExtendedFloat.POWERS - 1; k++) {
            assertThat(ExtendedFloat.powerOfHalf(k)).isEqualTo(Math.scalb(1f, -k));
        }
        assertThat(ExtendedFloat.powerOfHalf(ExtendedFloat.POWERS - 1)).isZero();
    }

    @Test
    void aZeroAlignsToNothingWhateverTheOtherExponent() {
        assertThat(ExtendedFloat.shift(0, ExtendedFloat.EMPTY)).isEqualTo(ExtendedFloat.POWERS - 1);
        assertThat(ExtendedFloat.shift(-(1 << 28), ExtendedFloat.EMPTY)).isEqualTo(ExtendedFloat.POWERS - 1);
        assertThat(ExtendedFloat.shift(1 << 28, 2 * ExtendedFloat.EMPTY)).isEqualTo(ExtendedFloat.POWERS - 1);
    }

    @ParameterizedTest
    @ValueSource(floats = {1f, 0.35f, 1e-5f, 2e-5f, 65536f, 65537f, 3e5f})
    void normalisingKeepsTheValue(float mantissa) {
        float normal = ExtendedFloat.normalise(mantissa);
        int exponent = ExtendedFloat.normalise(mantissa, 7);

        assertThat(normal).isBetween(1f / 65536, 65536f);
        assertThat(Math.scalb((double) normal, exponent)).isEqualTo(Math.scalb((double) mantissa, 7));
    }

    @Test
    void zeroHasTheExponentOfZero() {
        assertThat(ExtendedFloat.normalise(0f)).isZero();
        assertThat(ExtendedFloat.normalise(0f, 12)).isEqualTo(ExtendedFloat.EMPTY);
    }
}
