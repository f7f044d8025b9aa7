package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliserTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "1, 1e-30",
        "1, 1e-7",
        "1, 0.01",
        "1, 0.41",
        "1, 0.42",
        "1, 0.9",
        "2, 0",
        "3, 1e-5",
        "1, 5000",
        "7, 0.3",
        "10240, 0.5",
        "1, 1e6"
    })
    void itIsTheNegativeLogarithmOfTheSumHoweverNearOne(float ones, float rest) {
        double expected = -Math.log1p((double) ones - 1 + rest);
        assertThat((double) Normaliser.ofSum(ones, rest)).isCloseTo(expected, within(2e-7 * Math.abs(expected)));
    }

    @Test
    void aRowThatIsNoneEnds() {
        assertThat(Normaliser.ofSum(1f, Float.POSITIVE_INFINITY)).isNotZero();
        assertThat(Normaliser.ofSum(Float.NaN, Float.NaN)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1e-30, 1",
        "1e-6, 1000",
        "0.999, 1",
        "1, 1",
        "3.4, 20000",
        "1e4, 7",
        "1e17, 3",
        "3.4e38, 60000",
        "3.4e38, 1"
    })
    void theLargestSumFitsAnIntBeforeThePoint(float largest, int length) {
        int scale = Normaliser.scale(largest, length);
        double sum = largest * (double) length * Math.scalb(1.0, scale);
        assertThat(sum).isLessThanOrEqualTo(0x1p30);
        assertThat(scale).isBetween(-126, 126);
        if (largest > 1e-6) {
            assertThat(sum).as("and nearly all of them").isGreaterThanOrEqualTo(0x1p26);
        }
    }

    @Test
    void powersOfTwoAreExact() {
        for (int exponent = -126; exponent <= 126; exponent++) {
            assertThat(Normaliser.powerOfTwo(exponent)).isEqualTo(Math.scalb(1f, exponent));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.01f, -3.4657f, 2.5e-6f})
    void aThousandEqualLogarithmsAddUpToAThousandTimesOne(float logarithm) {
        int scale = Normaliser.scale(Math.abs(logarithm), 1000);
        long sum = 0;
        for (int t = 0; t < 1000; t++) {
            sum += Normaliser.units(logarithm, Normaliser.powerOfTwo(scale));
        }
        assertThat(Math.scalb((double) sum, -scale - Normaliser.FRACTION_BITS)).isEqualTo(1000.0 * logarithm);
    }
}
