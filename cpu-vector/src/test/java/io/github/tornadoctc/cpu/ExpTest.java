package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The errors that {@link Exp} states, against exp to 40 digits. */
class ExpTest {
    private static final MathContext DIGITS = new MathContext(40);

    /** Half of ln 2, and a rounding more. */
    private static final double LARGEST_R = 0.34658;

    private static final int POINTS = 2000;

    private final Random random = new Random(1);

    @Test
    void theFloatPolynomialIsAsExactAsItSays() {
        double[] coefficients = {1, 1, 0.5, Exp.FLOAT_C3, Exp.FLOAT_C4, Exp.FLOAT_C5, Exp.FLOAT_C6};
        assertThat(largestError(coefficients)).isBetween(3.5e-9, 3.7e-9);
    }

    @Test
    void theDoublePolynomialIsAsExactAsItSays() {
        double[] coefficients = {
            1,
            1,
            0.5,
            Exp.DOUBLE_C3,
            Exp.DOUBLE_C4,
            Exp.DOUBLE_C5,
            Exp.DOUBLE_C6,
            Exp.DOUBLE_C7,
            Exp.DOUBLE_C8,
            Exp.DOUBLE_C9,
            Exp.DOUBLE_C10,
            Exp.DOUBLE_C11
        };
        assertThat(largestError(coefficients)).isBetween(5.2e-18, 5.4e-18);
    }

    @Test
    void resultsAreWithinElevenTenthsOfAnUlp() {
        for (int i = 0; i < 5 * POINTS; i++) {
            double share = random.nextDouble();
            double x = i % 2 == 0 ? -708 * share : -Math.pow(708, 2 * share - 1);
            assertThat(ulps(Exp.exp(x), x, Math.ulp(Math.exp(x))))
                    .as("exp(%s)", x)
                    .isLessThanOrEqualTo(1.1);
            float f = (float) Math.max(x, -87);
            assertThat(ulps(Exp.exp(f), f, Math.ulp((float) Math.exp(f))))
                    .as("exp(%s)", f)
                    .isLessThanOrEqualTo(1.1);
        }
    }

    @Test
    void theEndsAreExact() {
        assertThat(Exp.exp(0f)).isEqualTo(1);
        assertThat(Exp.exp(0.0)).isEqualTo(1);
        assertThat(Exp.exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(Exp.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exp.exp(Math.nextDown(Exp.FLOAT_LEAST))).isZero();
        assertThat(Exp.exp(Math.nextDown(Exp.DOUBLE_LEAST))).isZero();
        assertThat(Exp.exp(Exp.FLOAT_LEAST)).isGreaterThanOrEqualTo(Float.MIN_NORMAL);
        assertThat(Exp.exp(Exp.DOUBLE_LEAST)).isGreaterThanOrEqualTo(Double.MIN_NORMAL);
        // a NaN of any payload
        assertThat(Exp.exp(Float.intBitsToFloat(0xffc00001))).isNaN();
        assertThat(Exp.exp(Double.longBitsToDouble(0xfff8000000000001L))).isNaN();
    }

    private static double ulps(double actual, double x, double ulp) {
        return exp(x).subtract(new BigDecimal(actual)).abs().doubleValue() / ulp;
    }

    private static double largestError(double[] coefficients) {
        double largest = 0;
        for (int i = -POINTS; i <= POINTS; i++) {
            double r = LARGEST_R * i / POINTS;
            BigDecimal sum = BigDecimal.ZERO;
            for (int k = coefficients.length - 1; k >= 0; k--) {
                sum = sum.multiply(new BigDecimal(r), DIGITS).add(new BigDecimal(coefficients[k]), DIGITS);
            }
            BigDecimal exp = exp(r);
            double error = sum.subtract(exp).divide(exp, DIGITS).abs().doubleValue();
            largest = Math.max(largest, error);
        }
        return largest;
    }

    /** By Taylor's series of x / 2¹², whose 2¹²-th power it takes. */
    private static BigDecimal exp(double x) {
        int squares = 12;
        BigDecimal part = new BigDecimal(x).divide(new BigDecimal(1 << squares), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal power = BigDecimal.ONE;
        for (int k = 1; k < 24; k++) {
            term = term.multiply(part, DIGITS).divide(new BigDecimal(k), DIGITS);
            power = power.add(term, DIGITS);
        }
        for (int i = 0; i < squares; i++) {
            power = power.multiply(power, DIGITS);
        }
        return power;
    }
}
