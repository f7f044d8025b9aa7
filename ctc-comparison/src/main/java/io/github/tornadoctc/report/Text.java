package io.github.tornadoctc.report;

import java.util.Locale;

/** Numbers and text for files that others read. */
final class Text {
    private Text() {}

    /** Text that means itself in HTML, between tags and in quoted attributes. */
    static String html(Object value) {
        return String.valueOf(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** All digits; inf, -inf or nan. */
    static String exact(double value) {
        if (Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (Double.isNaN(value)) {
            return "nan";
        }
        return value > 0 ? "inf" : "-inf";
    }

    /** An error: its size matters, its digits do not. */
    static String error(double value) {
        if (value == 0) {
            return "0";
        }
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1e", value) : exact(value);
    }

    /** A value to be compared with another. */
    static String value(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.9g", value) : exact(value);
    }

    /** A coordinate in a picture. */
    static String pixels(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
