package io.github.tornadoctc.align;

/**
 * A piece of text and when it is.
 *
 * @param text what is said; never empty
 * @param start in seconds
 * @param end in seconds, after the start
 * @param confidence in [0, 1], see {@link Confidence}
 */
public record TimedText(String text, double start, double end, double confidence) {
    /** The text between two others, in one. */
    static TimedText join(String text, TimedText first, TimedText last, double confidence) {
        return new TimedText(text, first.start, last.end, confidence);
    }
}
