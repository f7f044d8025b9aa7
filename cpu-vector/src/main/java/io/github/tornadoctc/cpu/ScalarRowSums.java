package io.github.tornadoctc.cpu;

import io.github.tornadoctc.cpu.align.RowSums;
import io.github.tornadoctc.cpu.align.ScoreRows;

/** Rows for an alignment, one symbol at a time. */
final class ScalarRowSums implements RowSums {

    @Override
    public void read(ScoreRows rows, int from, int to) {
        for (int t = from; t < to; t++) {
            float largest = Float.NEGATIVE_INFINITY;
            double check = 0;
            for (int v = 0; v < rows.symbols; v++) {
                float score = rows.score(t, v);
                largest = score > largest ? score : largest;
                check = Float.isNaN(score) ? Double.NaN : check;
            }
            rows.largest[t] = largest;
            rows.logSum[t] = rows.logits ? check + Math.log(sum(rows, t, rows.reference(t))) : check;
        }
    }

    private static double sum(ScoreRows rows, int t, double largest) {
        double sum = 0;
        for (int v = 0; v < rows.symbols; v++) {
            sum += Math.exp(rows.score(t, v) - largest);
        }
        return sum;
    }
}
