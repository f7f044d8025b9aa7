package io.github.tornadoctc.benchmarks;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import io.github.tornadoctc.CtcResult;

/**
 * How far a result is from the double reference's.
 *
 * @param gradient the largest absolute error of an element of the gradient; 0 if there is none
 * @param loss the largest relative error of a loss
 */
public record Errors(double gradient, double loss) {

    /** Compares; a NaN where the reference has none is an infinite error. */
    public static Errors of(CtcResult actual, CtcResult reference) {
        double gradient = 0;
        if (actual.hasGradient()) {
            for (long at = 0; at < reference.gradient().byteSize(); at += Float.BYTES) {
                double expected = reference.gradient().get(JAVA_FLOAT, at);
                gradient = larger(gradient, Math.abs(actual.gradient().get(JAVA_FLOAT, at) - expected));
            }
        }
        double loss = 0;
        for (int b = 0; b < reference.batchSize(); b++) {
            double expected = reference.loss(b);
            loss = larger(loss, Math.abs(actual.loss(b) - expected) / Math.abs(expected));
        }
        return new Errors(gradient, loss);
    }

    private static double larger(double soFar, double error) {
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(soFar, error);
    }
}
