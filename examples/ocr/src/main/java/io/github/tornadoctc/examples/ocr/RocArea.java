package io.github.tornadoctc.examples.ocr;

import java.util.Arrays;
import java.util.Collection;

/** The area under the curve of the receiver operating characteristic. */
final class RocArea {
    private RocArea() {}

    /** The share of pairs of a right and a wrong one in which the right one is larger; a tie counts half. */
    static double of(Collection<Double> right, Collection<Double> wrong) {
        double[] sorted = wrong.stream().mapToDouble(x -> x).sorted().toArray();
        double larger = 0;
        for (double value : right) {
            larger += (below(sorted, value) + below(sorted, Math.nextUp(value))) / 2.0;
        }
        return larger / ((double) right.size() * sorted.length);
    }

    /** How many are less than a value. */
    private static int below(double[] sorted, double value) {
        int at = Arrays.binarySearch(sorted, value);
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && sorted[at - 1] == value) {
            at--;
        }
        return at;
    }
}
