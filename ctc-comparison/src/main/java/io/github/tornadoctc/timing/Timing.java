package io.github.tornadoctc.timing;

/**
 * What a call takes once it takes no less, as {@link Stopwatch} measures it.
 *
 * @param milliseconds of the calls that count
 * @param discarded calls before those, in which the JVM was still compiling or the times were falling
 * @param steady false if that had not ended when the time was up; then the calls that count are the last ones
 */
public record Timing(Quartiles milliseconds, int discarded, boolean steady) {

    /** The discarded calls in words: {@code 12}, and {@code 12, not steady} where those that count should have been more. */
    @Override
    public String toString() {
        return steady ? Integer.toString(discarded) : discarded + ", not steady";
    }
}
