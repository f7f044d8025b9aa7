package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import java.util.Arrays;

/** The scores of one utterance as log-probabilities in double: {@code [T_b][V]}, natural logarithms. */
final class LogProbabilities {

    private LogProbabilities() {}

    /** ln y(t, v): log-softmax of logits, log-probabilities as they are. */
    static double[][] of(CtcBatch batch, int b, Scores scores) {
        return exact(batch, b, scores).values();
    }

    /** The same with what these doubles lack. */
    static LogTable exact(CtcBatch batch, int b, Scores scores) {
        LogTable rows = new LogTable(batch.inputLength(b), batch.symbols());
        for (int t = 0; t < rows.rows(); t++) {
            for (int v = 0; v < batch.symbols(); v++) {
                rows.set(t, v, LogNumber.of(batch.score(t, b, v)));
            }
            if (scores == Scores.LOGITS) {
                // The largest score goes first, and by itself: beside it the logarithm of a sum may be less than its
                // last bit, and then what is left would depend on how far all scores are from 0.
                subtract(rows, t, Arrays.stream(rows.values()[t]).max().orElseThrow());
                subtract(rows, t, LogSpace.sum(rows.values()[t]));
            }
        }
        return rows;
    }

    /** The scores of each frame, less the largest of them; as they are in a frame in which all are −∞. */
    static double[][] relative(CtcBatch batch, int b) {
        double[][] rows = new double[batch.inputLength(b)][];
        Arrays.setAll(rows, t -> relative(batch, t, b));
        return rows;
    }

    /** The scores of frame t, less the largest of them. */
    static double[] relative(CtcBatch batch, int t, int b) {
        double[] row = row(batch, t, b);
        double largest = finiteOrZero(largest(batch, t, b));
        Arrays.setAll(row, v -> row[v] - largest);
        return row;
    }

    /** The largest score of frame t. */
    static float largest(CtcBatch batch, int t, int b) {
        return (float) Arrays.stream(row(batch, t, b)).max().orElseThrow();
    }

    /** What scores are taken relative to: the largest, or 0 where all are −∞, whose differences would be NaN. */
    static double finiteOrZero(double largest) {
        return largest == Double.NEGATIVE_INFINITY ? 0 : largest;
    }

    private static double[] row(CtcBatch batch, int t, int b) {
        double[] row = new double[batch.symbols()];
        Arrays.setAll(row, v -> batch.score(t, b, v));
        return row;
    }

    private static void subtract(LogTable rows, int t, double value) {
        for (int v = 0; v < rows.values()[t].length; v++) {
            rows.set(t, v, rows.at(t, v).times(-value));
        }
    }

    /**
     * Whether these are log-probabilities at all: NaN or +∞ among the scores, or a frame of logits in which every
     * symbol is masked, leave a NaN or +∞ here.
     */
    static boolean areDefined(double[][] rows) {
        for (double[] row : rows) {
            for (double value : row) {
                if (Double.isNaN(value) || value == Double.POSITIVE_INFINITY) {
                    return false;
                }
            }
        }
        return true;
    }
}
