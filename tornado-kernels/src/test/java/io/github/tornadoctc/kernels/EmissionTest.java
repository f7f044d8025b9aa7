package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmissionTest {
    private static final int LOWEST = Emission.lowestExponent(1);

    @ParameterizedTest
    @ValueSource(
            floats = {
                0f, 1e-30f, -1e-7f, 0.34657f, 0.3466f, -0.3466f, 1f, -3.7f, 17.25f, -87.3f, 88f, -200f, 3e3f, -2e4f
            })
    void mantissaAndExponentMakeTheExponentialWithinTwoUlps(float x) {
        double mantissa = Emission.mantissa(x, 1f, 0);
        int exponent = Emission.exponent(x, 0, LOWEST);

        double logarithm = Math.log(mantissa) + exponent * Math.log(2);
        assertThat(mantissa).isBetween(0.69, 1.44);
        assertThat(logarithm - x).isCloseTo(0, within(2 * 1.2e-7));
    }

    @Test
    void everyFloatBetweenTwoIntegersIsAsExact() {
        for (float x = -9f; x < -8f; x = Math.nextUp(x + 1e-5f)) {
            double value = Math.scalb((double) Emission.mantissa(x, 1f, 0), Emission.exponent(x, 0, LOWEST));
            assertThat(value / Math.exp(x) - 1).isCloseTo(0, within(2 * 1.2e-7));
        }
    }

    @Test
    void theRowsScaleIsPartOfIt() {
        double value = Math.scalb((double) Emission.mantissa(1.5f, 0.75f, -3), Emission.exponent(1.5f, -3, LOWEST));

        assertThat(value).isCloseTo(Math.exp(1.5) * 0.75 / 8, within(1e-6));
    }

    @Test
    void maskedSymbolsAndInvalidRowsEmitNothing() {
        assertThat(Emission.mantissa(Float.NEGATIVE_INFINITY, 1f, 0)).isZero();
        assertThat(Emission.mantissa(-1e30f, 1f, 0)).isZero();
        assertThat(Emission.mantissa(0f, 1f, RowKernel.INVALID)).isZero();
        assertThat(Emission.mantissa(Float.NaN, 1f, RowKernel.INVALID)).isZero();
        assertThat(Emission.exponent(Float.NaN, RowKernel.INVALID, LOWEST)).isZero();
    }

    @Test
    void exponentsOfAllFramesTogetherStayAboveThatOfZero() {
        int length = 20_000;
        int lowest = Emission.lowestExponent(length);

        assertThat(Emission.exponent(-1e20f, 0, lowest)).isEqualTo(lowest);
        assertThat(Emission.exponent(1e20f, 0, lowest)).isEqualTo(-lowest);
        assertThat((long) length * lowest).isGreaterThan(ExtendedFloat.EMPTY);
    }
}
