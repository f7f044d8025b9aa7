package io.github.tornadoctc.compare;

import java.util.List;
import java.util.Locale;

/**
 * The largest of a number of errors.
 *
 * @param error how large it is, as {@link Difference} counts it
 * @param at which value it is of
 * @param actual what the backend has there
 * @param expected what the reference has there
 */
public record Worst(double error, Place at, double actual, double expected) {
    /** Of no errors at all. */
    static final Worst NONE = new Worst(0, Place.NOWHERE, 0, 0);

    /** Whether there is a place: an error that is not 0. */
    public boolean isSomewhere() {
        return error > 0;
    }

    /** The larger of the two. */
    Worst or(Worst other) {
        return other.error > error ? other : this;
    }

    /** A line if it is larger than the threshold, else none. */
    List<String> beyond(double threshold, String kind) {
        return error > threshold
                ? List.of(String.format(Locale.ROOT, "%s: %s %.2e is more than %.2e", this, kind, error, threshold))
                : List.of();
    }

    @Override
    public String toString() {
        return "%s = %s, reference %s".formatted(at, actual, expected);
    }
}
