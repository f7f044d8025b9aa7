package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendedFloatTest {
    /** A mantissa before it is renormalised is less than this, as the class says. */
    private static final float LARGEST = 0x1p28f;

    /** The most frames that the class vouches for. */
    private static final int FRAMES = 1 << 24;

    @Test
    void powersOfAHalfAreExactAndEndAtZero() {
        for (int k = 0; k < ExtendedFloat.POWERS - 1; k++) {
            assertThat(ExtendedFloat.powerOfHalf(k)).isEqualTo(Math.scalb(1f, -k));
        }
        assertThat(ExtendedFloat.powerOfHalf(ExtendedFloat.POWERS - 1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, 1, 0",
        "3, 5, 7, 2",
        "7, 2, 3, 5",
        "1, 0, 1, -200",
        "1, -200, 1, 0",
        "0, -201326592, 1.5, -134217728"
    })
    void aSumHasTheLargerExponentAndAtLeastItsMantissa(float a, int aExponent, float b, int bExponent) {
        float sum = sum(a, aExponent, b, bExponent);

        int exponent = Math.max(aExponent, bExponent);
        double exact = Math.scalb((double) a, aExponent - exponent) + Math.scalb((double) b, bExponent - exponent);
        assertThat(sum).isEqualTo((float) exact).isGreaterThanOrEqualTo(aExponent == exponent ? a : b);
    }

    @Test
    void aZeroThatWasTheLargestNumberHidesNotEvenTheSmallest() {
        int zero = exponentAfter(FRAMES) + ExtendedFloat.EMPTY;
        assertThat(sum(0f, zero, 1f, ExtendedFloat.LOWEST)).isEqualTo(1f);
        assertThat(sum(1f, ExtendedFloat.LOWEST, 0f, zero)).isEqualTo(1f);
        assertThat(ExtendedFloat.distance(zero, ExtendedFloat.LOWEST)).isEqualTo(ExtendedFloat.POWERS - 1);
    }

    @Test
    void noExponentOverflowsBetweenTwoZerosOrBetweenAZeroAndTheLargestNumber() {
        int zero = 5 * ExtendedFloat.EMPTY;
        assertThat(Math.addExact(zero, zero)).isNegative();
        assertThat(ExtendedFloat.distance(zero, exponentAfter(FRAMES))).isEqualTo(ExtendedFloat.POWERS - 1);
        assertThat(ExtendedFloat.shift(exponentAfter(FRAMES), zero + zero)).isEqualTo(ExtendedFloat.POWERS - 1);
    }

    /** The largest that an exponent can be: three times as much a frame. */
    private static int exponentAfter(int frames) {
        return (int) Math.ceil(frames * (Math.log(3) / Math.log(2)));
    }

    @Test
    void fourFramesAfterRenormalisingAMantissaIsBelowTheLargest() {
        float mantissa = 0x1p16f;
        for (int frame = 0; frame < ApproachKernel.FRAMES; frame++) {
            mantissa *= 3 * 2;
        }
        assertThat(mantissa).isLessThan(LARGEST);
        assertThat(ExtendedFloat.renormalise(mantissa)).isLessThan(0x1p16f);
    }

    @ParameterizedTest
    @ValueSource(floats = {1f, 1.5f, 65535f, 65536f, 65537f, 3e5f, 0x1p28f})
    void renormalisingKeepsTheValue(float mantissa) {
        float normal = ExtendedFloat.renormalise(mantissa);
        int exponent = ExtendedFloat.renormalise(mantissa, 7);

        assertThat(normal).isGreaterThanOrEqualTo(1f).isLessThan(65536f);
        assertThat(Math.scalb((double) normal, exponent)).isEqualTo(Math.scalb((double) mantissa, 7));
    }

    @Test
    void aZeroComesBackToTheExponentOfZero() {
        assertThat(ExtendedFloat.renormalise(0f)).isZero();
        assertThat(ExtendedFloat.renormalise(0f, 5 * ExtendedFloat.EMPTY)).isEqualTo(ExtendedFloat.EMPTY);
    }

    private static float sum(float a, int aExponent, float b, int bExponent) {
        float power = ExtendedFloat.powerOfHalf(ExtendedFloat.distance(aExponent, bExponent));
        return ExtendedFloat.sum(a, aExponent, b, bExponent, power);
    }
}
