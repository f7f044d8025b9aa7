package io.github.tornadoctc.compare;

import io.github.tornadoctc.CtcResult;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.summary.SumOfSquares;

/** One utterance of one result, held against its truth frame by frame. */
final class UtteranceComparison {
    private final UtteranceTruth truth;
    private final CtcResult result;
    private final GradientErrors errors;
    private final SumOfSquares squares = new SumOfSquares();
    private Worst gradient = Worst.NONE;
    private Worst rowSum = Worst.NONE;
    private Violations strays = Violations.NONE;

    private UtteranceComparison(UtteranceTruth truth, CtcResult result) {
        this.truth = truth;
        this.result = result;
        this.errors = new GradientErrors(truth.batch().timeSteps());
    }

    /**
     * How far each result is off. Where the truth or a result has no gradient, none is compared.
     *
     * @param errors of each result, to be added to
     */
    static List<Deviation> of(UtteranceTruth truth, List<CtcResult> results, List<GradientErrors> errors) {
        List<UtteranceComparison> comparisons = results.stream()
                .map(result -> new UtteranceComparison(truth, result))
                .toList();
        List<UtteranceComparison> withGradient = comparisons.stream()
                .filter(comparison -> truth.hasGradient() && comparison.result.hasGradient())
                .toList();
        if (!withGradient.isEmpty()) {
            addGradients(truth, withGradient);
        }
        for (int i = 0; i < results.size(); i++) {
            errors.get(i).add(comparisons.get(i).errors);
        }
        return comparisons.stream().map(UtteranceComparison::deviation).toList();
    }

    private static void addGradients(UtteranceTruth truth, List<UtteranceComparison> comparisons) {
        for (int t = 0; t < truth.batch().timeSteps(); t++) {
            if (truth.isZeroAt(t)) {
                for (UtteranceComparison comparison : comparisons) {
                    comparison.addStrays(t);
                }
            } else {
                // once for all results
                double[] expected = truth.gradient(t);
                for (UtteranceComparison comparison : comparisons) {
                    comparison.addFrame(t, expected);
                }
            }
        }
    }

    private void addFrame(int t, double... expected) {
        int b = truth.utterance();
        double sum = 0;
        for (int v = 0; v < expected.length; v++) {
            double actual = element(t, v);
            double error = Difference.absolute(actual, expected[v]);
            sum += actual;
            squares.increment(error);
            errors.add(t, error);
            if (error > gradient.error()) {
                gradient = new Worst(error, Place.gradient(t, b, v), actual, expected[v]);
            }
        }
        double error = Difference.absolute(sum, truth.rowSum());
        if (error > rowSum.error()) {
            rowSum = new Worst(error, Place.rowSum(t, b), sum, truth.rowSum());
        }
    }

    private void addStrays(int t) {
        long count = 0;
        String first = "";
        for (int v = 0; v < truth.batch().symbols(); v++) {
            float actual = element(t, v);
            if (actual != 0) {
                if (count == 0) {
                    first = "%s = %s must be exactly 0".formatted(Place.gradient(t, truth.utterance(), v), actual);
                }
                count++;
            }
        }
        strays = strays.and(new Violations(count, first));
    }

    private float element(int t, int v) {
        return result.gradient(truth.batch(), t, truth.utterance(), v);
    }

    private Deviation deviation() {
        int b = truth.utterance();
        Place at = Place.loss(b);
        double expected = truth.loss();
        double actual = result.loss(b);
        Violations statuses = result.status(b) == truth.status()
                ? Violations.NONE
                : new Violations(1, "statuses[%d] = %s, reference %s".formatted(b, result.status(b), truth.status()));
        return new Deviation(
                new Worst(Difference.absolute(actual, expected), at, actual, expected),
                new Worst(Difference.relative(actual, expected), at, actual, expected),
                new Worst(Difference.ulps(actual, expected), at, actual, expected),
                gradient,
                new RootMeanSquare(squares.getN(), squares.getResult()),
                rowSum,
                statuses,
                strays);
    }
}
