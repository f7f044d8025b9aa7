package io.github.tornadoctc.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a teacher writes them on the board. */
final class Values {
    /** As many as float32 scores carry through a few frames. */
    private static final MathContext DIGITS = new MathContext(6);
    /** Below this, a probability is easier to read with an exponent. */
    private static final double SMALL = 1e-5;

    /** From here on a share is rounded to a tenth of a percent, below it to nothing. */
    private static final double LEAST_SHARE = 0.0005;

    private Values() {}

    /** A probability to six significant digits, without trailing zeros. */
    static String probability(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : logarithm(value);
        }
        if (Math.abs(value) < SMALL) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    /** A natural logarithm or a loss to six decimals; inf, -inf or nan. */
    static String logarithm(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        // + 0.0 makes 0 of −0
        return String.format(Locale.ROOT, "%.6f", value + 0.0);
    }

    /** A share to a tenth of a percent; one that is something does not become nothing. */
    static String percent(double share) {
        return share > 0 && share < LEAST_SHARE ? "under 0.1%" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
