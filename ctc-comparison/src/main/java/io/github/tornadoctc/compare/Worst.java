package io.github.tornadoctc.compare;

/**
 * The largest of a number of errors.
 *
 * @param error how large it is; +∞ if one of the values is NaN or infinite and the other is not the same
 * @param at which value it is of
 * @param actual what the backend has there
 * @param expected what the reference has there
 */
public record Worst(double error, Place at, double actual, double expected) {
    /** Of no errors at all. */
    static final Worst NONE = new Worst(0, Place.NOWHERE, 0, 0);

    /** |actual − expected|; 0 for the same infinity or two NaN, +∞ where a difference would be NaN. */
    static double difference(double actual, double expected) {
        if (actual == expected || (Double.isNaN(actual) && Double.isNaN(expected))) {
            return 0;
        }
        double difference = Math.abs(actual - expected);
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    /**
     * The error in units in the last place of float32: both values are rounded to float32, and this is the number of
     * steps from one float32 to the next between them. 0 says that a caller who keeps losses as floats sees no
     * difference. Not finite values count as {@link #difference} has them.
     */
    static double ulps(double actual, double expected) {
        float a = (float) actual;
        float e = (float) expected;
        if (!Float.isFinite(a) || !Float.isFinite(e)) {
            return difference(a, e);
        }
        return Math.abs(ordinal(a) - ordinal(e));
    }

    /** Finite floats counted from 0 upwards and downwards; both zeros are 0. */
    private static long ordinal(float value) {
        long magnitude = Float.floatToRawIntBits(Math.abs(value));
        return value < 0 ? -magnitude : magnitude;
    }

    /** Whether there is a place: an error that is not 0. */
    public boolean isSomewhere() {
        return error > 0;
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
