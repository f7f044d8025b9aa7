package io.github.tornadoctc.report;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One axis of a picture.
 *
 * @param label what it shows
 * @param min the value at its beginning
 * @param max the value at its end
 * @param logarithmic whether equal steps are equal ratios; then min is positive
 */
record Axis(String label, double min, double max, boolean logarithmic) {
    private static final int MAX_TICKS = 6;

    /** From 0 or the smallest value to the largest. */
    static Axis linear(String label, double min, double max) {
        return new Axis(label, min, max > min ? max : min + 1, false);
    }

    /** Whole powers of ten around all values that are positive and finite. */
    static Axis decades(String label, DoubleStream values) {
        double[] positive =
                values.filter(value -> value > 0 && Double.isFinite(value)).toArray();
        double min = DoubleStream.of(positive).min().orElse(1e-9);
        double max = DoubleStream.of(positive).max().orElse(1e-6);
        double from = Math.floor(Math.log10(min));
        double to = Math.max(Math.ceil(Math.log10(max)), from + 1);
        return new Axis(label, Math.pow(10, from), Math.pow(10, to), true);
    }

    /** Where a value is: 0 at the beginning, 1 at the end; values beyond either are there. */
    double at(double value) {
        double share =
                logarithmic ? Math.log(Math.max(value, min) / min) / Math.log(max / min) : (value - min) / (max - min);
        return Math.clamp(share, 0.0, 1.0);
    }

    /** Where to put marks; not more than fit on a phone. */
    double[] ticks() {
        if (!logarithmic) {
            double step = step((max - min) / MAX_TICKS);
            return DoubleStream.iterate(Math.ceil(min / step) * step, tick -> tick <= max, tick -> tick + step)
                    .toArray();
        }
        // a power of ten that is a rounding error beyond an end is that end
        int from = (int) Math.ceil(Math.log10(min) - 1e-9);
        int to = (int) Math.floor(Math.log10(max) + 1e-9);
        if (to <= from) {
            return new double[] {min, max};
        }
        int step = Math.ceilDiv(to - from, MAX_TICKS);
        return DoubleStream.iterate(from, tick -> tick <= to, tick -> tick + step)
                .map(exponent -> Math.pow(10, exponent))
                .toArray();
    }

    /** The next larger of 1, 2, 5, 10, 20, 50, …; axes that are not logarithmic count things. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1))));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= least) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** The mark's text: 1e-7, or 250. */
    String name(double tick) {
        if (logarithmic && (tick < 1e-2 || tick > 1e6)) {
            return "1e" + Math.round(Math.log10(tick));
        }
        return String.format(Locale.ROOT, tick < 1 && tick > 0 ? "%.3g" : "%.0f", tick)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "");
    }
}
