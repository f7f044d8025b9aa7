package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;

/** Writes one utterance's loss, status and gradient into a result. Utterances do not share anything. */
final class UtteranceCtc {

    private UtteranceCtc() {}

    static void compute(CtcBatch batch, int b, CtcOptions options, CtcResult result) {
        ForwardBackward tables = new ForwardBackward(batch, b, options);
        result.set(b, tables.status(), tables.loss(), options);
        if (options.gradient()) {
            double weight = options.reduction().weight(batch, b);
            for (int t = 0; t < batch.timeSteps(); t++) {
                double[] row = t < tables.timeSteps() ? tables.gradient(t) : new double[batch.symbols()];
                write(row, weight, result, batch.rowOffset(t, b));
            }
        }
    }

    private static void write(double[] row, double weight, CtcResult result, long offset) {
        for (int v = 0; v < row.length; v++) {
            result.gradientType().set(result.gradient(), offset + v, (float) (weight * row[v]));
        }
    }
}
