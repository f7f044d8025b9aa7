package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmissionTest {
    private static final int LOWEST = Emission.lowestExponent(1);
    private static final double TOLERANCE = 1e-7;

    private static double log(float score, float largest) {
        long emission = emission(score, largest, LOWEST);
        double mantissa = Emission.mantissa(emission) / (double) Emission.ONE;
        assertThat(mantissa).isGreaterThanOrEqualTo(1).isLessThan(2);
        return Math.log(mantissa) + Emission.exponent(emission) * Math.log(2);
    }

    /** As {@link RowKernel} makes it. */
    private static long emission(float score, float largest, int lowest) {
        float base = Emission.base(largest);
        float quotient = Emission.quotient(largest - base);
        float below = Emission.quotient(score - largest);
        float excess = Emission.excess(
                Emission.remainder(score - base, below + quotient) - Emission.remainder(largest - base, quotient));
        return Emission.of(Emission.mantissaOf(excess), Emission.exponentOf(below, excess, lowest));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.34657",
        "1e-30, 0.3466",
        "-1e-7, 1",
        "-3.7, 17.25",
        "-87.3, 88",
        "-200, 0.001",
        "0.001, 200",
        "-3e3, 3e3",
        "-8000, 100",
        "17.2, 17.25",
        "-0.3466, -0.3465"
    })
    void itIsTheExponentialOfTheDifferenceWithinTwoUlps(float score, float largest) {
        assertThat(log(score, largest)).isCloseTo((double) score - largest, within(TOLERANCE));
    }

    @Test
    void everyFloatBetweenTwoIntegersIsAsExact() {
        for (float x = -9f; x < -8f; x = Math.nextUp(x + 1e-5f)) {
            assertThat(log(x, 1.7f)).isCloseTo((double) x - 1.7f, within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, 1e-30f, -3.7f, 88f, 5e3f, -2e4f, 1e6f, 1e10f, -1e30f, Float.MAX_VALUE, -Float.MAX_VALUE})
    void theLargestScoresEmissionIsExactlyOne(float largest) {
        assertThat(emission(largest, largest, LOWEST)).isEqualTo(Emission.of(Emission.ONE, 0));
    }

    /** All of these scores are floats that the offset leaves exact. */
    @ParameterizedTest
    @ValueSource(floats = {1 << 13, 1 << 17, 1 << 20, -(1 << 20)})
    void aCommonOffsetChangesNothing(float offset) {
        for (float score = -20f; score <= 4f; score += 0.125f) {
            assertThat(log(score + offset, 4f + offset)).isCloseTo((double) score - 4, within(TOLERANCE));
        }
    }

    @Test
    void aDistanceOfThousandsIsAsExactForAForcedSymbol() {
        double distance = -20_000d - 0.001f;
        assertThat(log(-20_000, 0.001f)).isCloseTo(distance, within(TOLERANCE + 3e-11 * Math.abs(distance)));
    }

    /** Without a fused multiply-add, which a JVM makes of no product and sum; and with one where the largest is as far. */
    @ParameterizedTest
    @CsvSource({"-60000.5, 0.25", "-1e6, 3", "-60001, -0.125", "0.001, 20000", "3, 1e6"})
    void aDistanceOfTensOfThousandsIsRoundedAsFloatsAre(float score, float largest) {
        double distance = (double) score - largest;
        assertThat(log(score, largest)).isCloseTo(distance, within(6e-8 * Math.abs(distance)));
    }

    @Test
    void onlyMinusInfinityCannotBeEmitted() {
        assertThat(Emission.isPossible(Float.NEGATIVE_INFINITY)).isFalse();
        assertThat(Emission.isPossible(-Float.MAX_VALUE)).isTrue();
        assertThat(Emission.isPossible(Float.MIN_VALUE)).isTrue();
        assertThat(Emission.isPossible(Float.MAX_VALUE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 13, 1600, 20_000, 1 << 24})
    void exponentsOfAllFramesTogetherStayAboveThatOfWhatIsImpossible(int length) {
        int lowest = Emission.lowestExponent(length);

        assertThat(exponent(-1e20f, 0f, lowest)).isEqualTo(Math.max(lowest, exponent(-1e20f, 0f, LOWEST)));
        assertThat(exponent(-Float.MAX_VALUE, Float.MAX_VALUE, lowest)).isGreaterThanOrEqualTo(lowest);
        long mantissas = 2L * length;
        assertThat((long) length * lowest - mantissas).isGreaterThan(Emission.exponent(Emission.IMPOSSIBLE));
    }

    private static int exponent(float score, float largest, int lowest) {
        return Emission.exponent(emission(score, largest, lowest));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1073741824, 0", "2147483647, -1", "1073741824, -134217728", "1234567890, -201326592"})
    void aMantissaAndAnExponentAreWhatTheyWere(int mantissa, int exponent) {
        long emission = Emission.of(mantissa, exponent);
        assertThat(Emission.mantissa(emission)).isEqualTo(mantissa);
        assertThat(Emission.exponent(emission)).isEqualTo(exponent);
    }
}
