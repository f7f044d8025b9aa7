package io.github.tornadoctc.compare;

/**
 * How far a value is from the one it should be, the same for every comparison. Two equal infinities do not differ, and
 * neither do two NaN; an infinity or NaN beside anything else is +∞ away from it, so that no threshold lets it pass.
 */
public final class Difference {
    private Difference() {}

    /** |actual − expected|, how far off an element of a gradient is; gradients lie in [−1, 1]. */
    public static double absolute(double actual, double expected) {
        if (actual == expected || (Double.isNaN(actual) && Double.isNaN(expected))) {
            return 0;
        }
        double difference = Math.abs(actual - expected);
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    /**
     * |actual − expected| / max(1, |expected|), how far off a loss is. A loss near 0, the logarithm of a probability
     * near 1, is not asked for more digits than the probability has.
     */
    public static double relative(double actual, double expected) {
        double scale = Double.isFinite(expected) ? Math.max(1, Math.abs(expected)) : 1;
        return absolute(actual, expected) / scale;
    }

    /**
     * The difference in units in the last place of float32: both values are rounded to float32, and this is the number
     * of steps from one float32 to the next between them. 0 says that a caller who keeps losses as floats sees no
     * difference. Not finite values count as {@link #absolute} has them.
     */
    public static double ulps(double actual, double expected) {
        float a = (float) actual;
        float e = (float) expected;
        if (!Float.isFinite(a) || !Float.isFinite(e)) {
            return absolute(a, e);
        }
        return Math.abs(ordinal(a) - ordinal(e));
    }

    /** Finite floats counted from 0 upwards and downwards; both zeros are 0. */
    private static long ordinal(float value) {
        long magnitude = Float.floatToRawIntBits(Math.abs(value));
        return value < 0 ? -magnitude : magnitude;
    }
}
