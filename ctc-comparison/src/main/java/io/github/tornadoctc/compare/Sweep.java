package io.github.tornadoctc.compare;

import io.github.tornadoctc.shapes.SweptSize;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Comparisons of random batches that differ in one size.
 *
 * @param size the size that grows
 * @param points the comparisons, in the order of that size
 */
public record Sweep(SweptSize size, List<InputComparison> points) {

    /** The backends that took part anywhere. */
    public List<String> backends() {
        return points.stream()
                .flatMap(point -> point.backends().stream())
                .map(BackendComparison::backend)
                .distinct()
                .toList();
    }

    /**
     * The exponent k of the power law error ∝ sizeᵏ that fits best: the slope of a straight line through
     * (ln size, ln error), by least squares. Errors of 0 and not finite ones have no place on it.
     *
     * @return k; NaN if fewer than two points are left
     */
    public double growth(String backend, ToDoubleFunction<BackendComparison> error) {
        SimpleRegression line = new SimpleRegression();
        for (InputComparison point : points) {
            for (BackendComparison each : point.backends()) {
                double y = Math.log(error.applyAsDouble(each));
                if (each.backend().equals(backend) && Double.isFinite(y)) {
                    line.addData(Math.log(size.of(point.input())), y);
                }
            }
        }
        return line.getSlope();
    }
}
