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
    public Thresholds {
        check("lossError", lossError);
        check("gradientError", gradientError);
        check("rowSumError", rowSumError);
    }

    private static void check(String name, double value) {
        // NaN compares false with everything, and would let everything pass
        if (!(value >= 0)) {
            throw new IllegalArgumentException("%s = %s is not a number ≥ 0".formatted(name, value));
        }
    }
}
