package io.github.tornadoctc.compare;

/**
 * The largest of a number of errors.
 *
 * @param error how large it is; +∞ if one of the values is NaN or infinite and the other is not the same
 * @param at which value it is of
 * @param actual what the backend has there
 * @param expected what the reference has there
 */
public record Worst(double error, String at, double actual, double expected) {
    /** Of no errors at all. */
    static final Worst NONE = new Worst(0, "", 0, 0);

    /** |actual − expected|; 0 for the same infinity or two NaN, +∞ where a difference would be NaN. */
    static double difference(double actual, double expected) {
        if (actual == expected || (Double.isNaN(actual) && Double.isNaN(expected))) {
            return 0;
        }
        double difference = Math.abs(actual - expected);
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    /** The larger of the two. */
    Worst or(Worst other) {
        return other.error > error ? other : this;
    }

    @Override
    public String toString() {
        return "%s = %s, reference %s".formatted(at, actual, expected);
    }
}
