package io.github.tornadoctc.compare;

/**
 * How far a result may be from the reference.
 *
 * @param lossError the largest relative error of a loss, see {@link Deviation#relativeLoss()}
 * @param gradientError the largest absolute error of an element of the gradient
 */
public record Thresholds(double lossError, double gradientError) {
    public Thresholds {
        check("lossError", lossError);
        check("gradientError", gradientError);
    }

    private static void check(String name, double value) {
        // NaN compares false with everything, and would let everything pass
        if (!(value >= 0)) {
            throw new IllegalArgumentException("%s = %s is not a number ≥ 0".formatted(name, value));
        }
    }
}
