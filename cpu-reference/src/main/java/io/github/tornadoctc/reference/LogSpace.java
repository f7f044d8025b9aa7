package io.github.tornadoctc.reference;

/** Sums of probabilities given as natural logarithms. */
final class LogSpace {

    private LogSpace() {}

    /** ln Σ eᵃ over the values. */
    static double sum(double... values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        if (Double.isInfinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum);
    }
}
