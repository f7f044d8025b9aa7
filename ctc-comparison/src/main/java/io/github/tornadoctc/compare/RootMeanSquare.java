package io.github.tornadoctc.compare;

/**
 * The root mean square of a number of errors.
 *
 * @param count how many errors
 * @param sumOfSquares the sum of their squares
 */
public record RootMeanSquare(long count, double sumOfSquares) {
    static final RootMeanSquare NONE = new RootMeanSquare(0, 0);

    RootMeanSquare and(RootMeanSquare other) {
        return new RootMeanSquare(count + other.count, sumOfSquares + other.sumOfSquares);
    }

    /** √(Σ error² / count); 0 of no errors. */
    public double value() {
        return count == 0 ? 0 : Math.sqrt(sumOfSquares / count);
    }
}
