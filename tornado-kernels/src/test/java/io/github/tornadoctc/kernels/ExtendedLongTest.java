package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendedLongTest {
    private static final int FRAMES = ApproachKernel.FRAMES;
    private static final long LARGEST = ExtendedLong.ONE << 16;

    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 36, ExtendedLong.ONE, ExtendedLong.ONE + 12345, (1L << 60) - 1, (1L << 62) + 7})
    void aProductIsAQuarterOfWhatItIsLessItsLastBits(long mantissa) {
        for (int emission : new int[] {0, Emission.ONE, Emission.ONE + 1, 1_500_000_001, Integer.MAX_VALUE}) {
            BigInteger exact = BigInteger.valueOf(mantissa).multiply(BigInteger.valueOf(emission));
            assertThat(ExtendedLong.product(mantissa, emission))
                    .as("%d · %d", mantissa, emission)
                    .isEqualTo(exact.shiftRight(32).longValueExact());
        }
    }

    @RepeatedTest(20)
    void aProductOfTwoMantissasKeepsTwentySixBitsOfIt() {
        Random random = new Random();
        long a = random.nextLong(ExtendedLong.ONE, LARGEST);
        long b = random.nextLong(ExtendedLong.ONE, LARGEST);
        double exact = (double) a / ExtendedLong.ONE * ((double) b / ExtendedLong.ONE);

        double product = Math.scalb((double) ExtendedLong.product(a, b), -ExtendedLong.PRODUCT_BITS);
        assertThat(product).as("%d · %d", a, b).isCloseTo(exact, within(exact * 0x1p-26));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, 1, 0, 4",
        "8, 5, 8, 2, 9",
        "8, 2, 8, 5, 9",
        "1000, 0, 1000, -200, 1000",
        "1000, -200, 1000, 0, 1000",
        "0, -201326592, 7, -134217728, 7",
        "7, -134217728, 0, -1006632960, 7"
    })
    void aSumDropsWhatIsBelowItsLastBit(long a, int aExponent, long b, int bExponent, long sum) {
        assertThat(ExtendedLong.sum(a, aExponent, b, bExponent, Math.max(aExponent, bExponent)))
                .isEqualTo(sum);
    }

    @Test
    void noExponentOverflowsBetweenAZeroAndTheLargestNumber() {
        int largest = (int) Math.ceil((1 << 24) * (Math.log(3) / Math.log(2)));
        assertThat(ExtendedLong.sum(0, 5 * ExtendedFloat.EMPTY, 9, largest, largest))
                .isEqualTo(9);
    }

    @Test
    void noMantissaOverflowsInFourFramesThatMakeTheMostOfIt() {
        long mantissa = LARGEST - 1;
        for (int frame = 0; frame < FRAMES; frame++) {
            long product = ExtendedLong.product(mantissa, Integer.MAX_VALUE);
            mantissa = Math.addExact(product, Math.addExact(product, product));
        }
        assertThat(ExtendedLong.renormalise(mantissa, FRAMES))
                .isGreaterThanOrEqualTo(ExtendedLong.ONE)
                .isLessThan(LARGEST);
    }

    @Test
    void fourFramesThatMakeTheLeastOfItAndRenormalisingGiveItBack() {
        long mantissa = ExtendedLong.ONE + (1L << 20);
        for (int frame = 0; frame < FRAMES; frame++) {
            mantissa = ExtendedLong.product(mantissa, Emission.ONE);
        }
        assertThat(ExtendedLong.renormalise(mantissa, FRAMES)).isEqualTo(ExtendedLong.ONE + (1L << 20));
        assertThat(ExtendedLong.renormalise(mantissa, -3, FRAMES)).isEqualTo(-3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, FRAMES})
    void whatIsRenormalisedIsTheSameNumber(int frames) {
        for (int bits = ExtendedLong.ONE_BITS; bits < 60 + frames; bits++) {
            long mantissa = 1L << (bits - 2 * frames);
            long renormalised = ExtendedLong.renormalise(mantissa, frames);
            assertThat(renormalised)
                    .as("2^%d", bits)
                    .isGreaterThanOrEqualTo(ExtendedLong.ONE)
                    .isLessThan(LARGEST);
            int exponent = ExtendedLong.renormalise(mantissa, 7, frames);
            assertThat(Math.scalb((double) renormalised, exponent)).isEqualTo(Math.scalb(1.0, bits + 7));
        }
    }

    @Test
    void aZeroComesBackToTheExponentOfZero() {
        assertThat(ExtendedLong.renormalise(0, FRAMES)).isZero();
        assertThat(ExtendedLong.renormalise(0, 5 * ExtendedFloat.EMPTY, FRAMES)).isEqualTo(ExtendedFloat.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 255, 256, 1L << 31, (1L << 32) - 1, 1L << 32, (1L << 62) + 1, Long.MAX_VALUE})
    void theBinaryExponentIsThatOfTheLargestPowerOfTwoInIt(long value) {
        int exponent = ExtendedLong.exponentOf(value);
        assertThat(exponent).isEqualTo(63 - Long.numberOfLeadingZeros(value));
        assertThat(ExtendedLong.aligned(value, exponent, 43)).isBetween(1L << 43, (1L << 44) - 1);
        assertThat(ExtendedLong.aligned(value, exponent, 0)).isOne();
        assertThat(ExtendedLong.aligned(value, exponent, -1)).isZero();
        assertThat(ExtendedLong.aligned(value, exponent, -1_000_000)).isZero();
    }
}
