package io.github.tornadoctc.reference;

/**
 * A probability as its natural logarithm {@code high + low}, in twice the precision of a double (Dekker 1971, <i>A
 * floating-point technique for extending the available precision</i>). A double alone would do, were it not for
 * penalties: beside one of 1e17 nats, which every path may have to take, a double has steps of 16, and what the paths
 * differ by is lost.
 *
 * @param high the double nearest to the logarithm
 * @param low what it lacks; 0 if it is not finite
 */
record LogNumber(double high, double low) {
    /** Probability 0. */
    static final LogNumber NOTHING = new LogNumber(Double.NEGATIVE_INFINITY, 0);
    /** Probability 1. */
    static final LogNumber CERTAIN = new LogNumber(0, 0);

    static LogNumber of(double logarithm) {
        return new LogNumber(logarithm, 0);
    }

    /** The product with e^logarithm. */
    LogNumber times(double logarithm) {
        return sum(high, logarithm, low);
    }

    LogNumber times(LogNumber other) {
        return sum(high, other.high, low + other.low);
    }

    LogNumber dividedBy(LogNumber other) {
        return sum(high, -other.high, low - other.low);
    }

    /** The sum of two probabilities: ln(eᵃ + eᵇ). */
    LogNumber plus(LogNumber other) {
        // beside a NaN, which is neither less nor more, this is the larger, unless it is what is no NaN
        boolean smaller = high < other.high || Double.isNaN(other.high);
        LogNumber larger = smaller ? other : this;
        if (!Double.isFinite(larger.high)) {
            return larger;
        }
        double difference = (smaller ? this : other).dividedBy(larger).value();
        return larger.times(Math.log1p(Math.exp(difference)));
    }

    /** The logarithm as a double. */
    double value() {
        return high;
    }

    /** a + b + c, of which c is small: Knuth's TwoSum of a and b, and what that leaves joined with c. */
    private static LogNumber sum(double a, double b, double c) {
        double sum = a + b;
        if (!Double.isFinite(sum)) {
            return new LogNumber(sum, 0);
        }
        double ofB = sum - a;
        double rest = (a - (sum - ofB)) + (b - ofB) + c;
        double high = sum + rest;
        return new LogNumber(high, rest - (high - sum));
    }
}
