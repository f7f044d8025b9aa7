package io.github.tornadoctc.cli;

import java.util.Locale;

/** Numbers as text. */
final class Numbers {
    private Numbers() {}

    /** A loss, in nats. */
    static String loss(double value) {
        return format("%.6f", value);
    }

    /** An error: its size matters, its digits do not. */
    static String error(double value) {
        return value == 0 ? "0" : format("%.1e", value);
    }

    /** A number of things, which is not finite if they cannot be counted. */
    static String count(double value) {
        return format("%.0f", value);
    }

    static String milliseconds(double value) {
        return format("%.2f", value);
    }

    /** Three significant digits, and no exponent: 0.0123, 4.56, 789, 12345. */
    static String digits(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return format("%.0f", value);
        }
        int decimals = 2 - (int) Math.floor(Math.log10(Math.abs(value)));
        return format("%." + Math.clamp(decimals, 0, 9) + "f", value);
    }

    /** At most two decimals. */
    static String percent(double fraction) {
        double percent = 100 * fraction;
        return format(percent < 9.995 ? "%.2f" : "%.0f", percent) + "%";
    }

    /** inf, -inf or nan. */
    static String notFinite(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return value > 0 ? "inf" : "-inf";
    }

    private static String format(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : notFinite(value);
    }
}
