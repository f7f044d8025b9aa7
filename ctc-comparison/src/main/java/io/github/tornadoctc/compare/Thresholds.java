package io.github.tornadoctc.compare;

/**
 * How far a result may be from the reference. That statuses are equal, gradients exactly 0 where they must be, and
 * results bitwise the same on every run is asked for in any case.
 *
 * @param lossError the largest relative error of a loss, see {@link Deviation#relativeLoss()}
 * @param gradientError the largest absolute error of an element of the gradient
 * @param rowSumError the largest absolute error of a frame's gradient summed over the symbols
 */
public record Thresholds(double lossError, double gradientError, double rowSumError) {
    /** What a backend in float32 has to keep: 1e-6 of a loss, 1e-5 of an element of the gradient and of a row sum. */
    public static final Thresholds DEFAULTS = new Thresholds(1e-6, 1e-5, 1e-5);

    /**
     * Checks the thresholds.
     *
     * @throws IllegalArgumentException if one is negative or NaN
     */
    public Thresholds {
        check("lossError", lossError);
        check("gradientError", gradientError);
        check("rowSumError", rowSumError);
    }

    /** Of losses and elements of the gradient alone; a row sum may be as far off as its elements make it. */
    public static Thresholds of(double lossError, double gradientError) {
        return new Thresholds(lossError, gradientError, Double.POSITIVE_INFINITY);
    }

    private static void check(String name, double value) {
        // NaN compares false with everything, and would let everything pass
        if (!(value >= 0)) {
            throw new IllegalArgumentException("%s = %s is not a number ≥ 0".formatted(name, value));
        }
    }
}
