package io.github.tornadoctc.decoding;

import static java.lang.Double.NEGATIVE_INFINITY;

import io.github.tornadoctc.Scores;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The log-probabilities of one frame, and which symbols are likely enough to be tried. */
final class Frame {
    /** e⁻⁵⁰ is 2e-22: of a million such terms, a sum that is 1 or more does not change in its last bit. */
    private static final double NEGLIGIBLE = -50;

    private final Scores scores;
    private final double threshold;
    private final int most;
    private final float[] row;
    private final float[] sorting;
    private final double[] logY;
    private final int[] kept;
    private int keptCount;
    private int likeliest;

    /**
     * Room for a frame.
     *
     * @param symbols V
     * @param threshold how much less likely than the likeliest a symbol may be to be kept, in nats
     * @param most the symbols that are kept at most, and those as likely as the last of them
     */
    Frame(int symbols, Scores scores, double threshold, int most) {
        this.scores = scores;
        this.threshold = threshold;
        this.most = most;
        this.row = new float[symbols];
        this.sorting = new float[symbols];
        this.logY = new double[symbols];
        this.kept = new int[symbols];
    }

    /**
     * Takes the V scores from {@code offset} on, counted in floats.
     *
     * @return false if one of them is NaN or +∞, or all are masked logits, so that these are no probabilities
     */
    boolean read(MemorySegment from, long offset) {
        MemorySegment.copy(from, ValueLayout.JAVA_FLOAT, offset * Float.BYTES, row, 0, row.length);
        likeliest = 0;
        for (int v = 0; v < row.length; v++) {
            if (!(row[v] < Float.POSITIVE_INFINITY)) {
                return false;
            }
            if (row[v] > row[likeliest]) {
                likeliest = v;
            }
        }
        double largest = row[likeliest];
        if (scores == Scores.LOGITS && largest == NEGATIVE_INFINITY) {
            return false;
        }
        keep(largest);
        return true;
    }

    private void keep(double largest) {
        // the largest logit goes first, and by itself, so that how far all logits are from 0 changes nothing
        double reference = scores == Scores.LOGITS ? largest : 0;
        double sum = 0;
        keptCount = 0;
        for (int v = 0; v < row.length; v++) {
            double y = row[v] - reference;
            logY[v] = y;
            if (scores == Scores.LOGITS) {
                sum += y > NEGLIGIBLE ? Math.exp(y) : 0;
            }
            if (row[v] >= largest - threshold && row[v] > NEGATIVE_INFINITY) {
                kept[keptCount++] = v;
            }
        }
        if (scores == Scores.LOGITS) {
            double logSum = Math.log(sum);
            for (int v = 0; v < logY.length; v++) {
                logY[v] -= logSum;
            }
        }
        if (keptCount > most) {
            keepMost();
        }
    }

    private void keepMost() {
        for (int i = 0; i < keptCount; i++) {
            sorting[i] = row[kept[i]];
        }
        float least = smallest(keptCount - most);
        int count = 0;
        for (int i = 0; i < keptCount; i++) {
            if (row[kept[i]] >= least) {
                kept[count++] = kept[i];
            }
        }
        keptCount = count;
    }

    /** The k-th smallest of the values, from 0: C. A. R. Hoare, <i>Algorithm 65: Find</i>, Communications of the ACM 4 (7). */
    private float smallest(int k) {
        int low = 0;
        int high = keptCount - 1;
        while (low < high) {
            float pivot = sorting[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (sorting[i] < pivot) {
                    i++;
                }
                while (sorting[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    float value = sorting[i];
                    sorting[i++] = sorting[j];
                    sorting[j--] = value;
                }
            }
            if (k <= j) {
                high = j;
            } else if (k >= i) {
                low = i;
            } else {
                return sorting[k];
            }
        }
        return sorting[k];
    }

    /** ln y(t, symbol). */
    double logY(int symbol) {
        return logY[symbol];
    }

    /** The symbol of the largest score; of several, the one with the smallest index. */
    int likeliest() {
        return likeliest;
    }

    /** The number of symbols that are tried. */
    int keptCount() {
        return keptCount;
    }

    /** The i-th symbol that is tried, in the order of their indices. */
    int kept(int i) {
        return kept[i];
    }
}
