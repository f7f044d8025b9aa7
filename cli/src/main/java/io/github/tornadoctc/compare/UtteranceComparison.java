package io.github.tornadoctc.compare;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.reference.ForwardBackward;
import java.util.List;

/** One utterance: its truth is computed once, in double, and any number of results are held against it. */
final class UtteranceComparison {
    private final CtcBatch batch;
    private final int b;
    private final ForwardBackward tables;
    private final CtcStatus status;
    private final double loss;

    private UtteranceComparison(CtcBatch batch, int b, CtcOptions options) {
        this.batch = batch;
        this.b = b;
        this.tables = new ForwardBackward(batch, b, options);
        // the contract's rules for what becomes of a raw loss
        CtcResult truth = CtcResult.allocate(batch, options.withGradient(false));
        truth.set(b, tables.status(), tables.loss(), options);
        this.status = truth.status(b);
        this.loss = truth.loss(b);
    }

    /** How far each result is off for utterance b. */
    static Deviation[] of(CtcBatch batch, int b, CtcOptions options, List<CtcResult> results) {
        UtteranceComparison utterance = new UtteranceComparison(batch, b, options);
        Deviation[] deviations = results.stream().map(utterance::lossAndStatus).toArray(Deviation[]::new);
        for (int t = 0; t < batch.timeSteps(); t++) {
            boolean mustBeZero = utterance.status != CtcStatus.OK || t >= batch.inputLength(b);
            double[] expected = mustBeZero ? new double[0] : utterance.tables.gradient(t);
            for (int i = 0; i < deviations.length; i++) {
                CtcResult result = results.get(i);
                deviations[i] = deviations[i].and(
                        mustBeZero ? utterance.strays(result, t) : utterance.gradient(result, t, expected));
            }
        }
        return deviations;
    }

    private Deviation lossAndStatus(CtcResult result) {
        String at = "losses[%d]".formatted(b);
        double actual = result.loss(b);
        double error = Worst.difference(actual, loss);
        double scale = Double.isFinite(loss) ? Math.max(1, Math.abs(loss)) : 1;
        Violations statuses = result.status(b) == status
                ? Violations.NONE
                : new Violations(1, "statuses[%d] = %s, reference %s".formatted(b, result.status(b), status));
        return new Deviation(
                new Worst(error, at, actual, loss),
                new Worst(error / scale, at, actual, loss),
                Worst.NONE,
                statuses,
                Violations.NONE);
    }

    private Deviation gradient(CtcResult result, int t, double... expected) {
        int worst = 0;
        double largest = -1;
        for (int v = 0; v < expected.length; v++) {
            double error = Worst.difference(element(result, t, v), expected[v]);
            if (error > largest) {
                largest = error;
                worst = v;
            }
        }
        Worst gradient = new Worst(largest, place(t, worst), element(result, t, worst), expected[worst]);
        return new Deviation(Worst.NONE, Worst.NONE, gradient, Violations.NONE, Violations.NONE);
    }

    private Deviation strays(CtcResult result, int t) {
        long count = 0;
        String first = "";
        for (int v = 0; v < batch.symbols(); v++) {
            float actual = element(result, t, v);
            if (actual != 0) {
                if (count == 0) {
                    first = "%s = %s must be exactly 0".formatted(place(t, v), actual);
                }
                count++;
            }
        }
        return new Deviation(Worst.NONE, Worst.NONE, Worst.NONE, Violations.NONE, new Violations(count, first));
    }

    private float element(CtcResult result, int t, int v) {
        return result.gradient(batch, t, b, v);
    }

    private String place(int t, int v) {
        return "gradient[t=%d][b=%d][v=%d]".formatted(t, b, v);
    }
}
