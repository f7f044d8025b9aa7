package io.github.tornadoctc.timing;

import java.util.Arrays;

/**
 * A sample's median and how far it spreads.
 *
 * @param lower a quarter of the values is at most this
 * @param upper a quarter of the values is at least this
 * @param count how many values there were
 */
public record Quartiles(double lower, double median, double upper, int count) {

    /**
     * The quartiles of at least one value, interpolated between neighbours.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Quartiles of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values is empty");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75), sorted.length);
    }

    private static double at(double[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
