package io.github.tornadoctc.align;

import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.CtcAlignment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * An aligned utterance as text with times: its symbols, and its words.
 *
 * @param name of the utterance, for formats that have several in a file
 * @param duration of the utterance in seconds
 * @param symbols in the order of their times
 * @param words what is between the spaces of the text, or the symbols where there are no spaces between words
 * @param spaced whether there are
 */
public record Transcript(String name, double duration, List<TimedText> symbols, List<TimedText> words, boolean spaced) {

    /** Lists that do not change any more. */
    public Transcript {
        symbols = List.copyOf(symbols);
        words = List.copyOf(words);
    }

    /** An utterance that has no path: nothing is said, in so many seconds. */
    public static Transcript empty(String name, double duration) {
        return new Transcript(name, duration, List.of(), List.of(), false);
    }

    /**
     * The transcript of an alignment. Where a wildcard has taken frames, a word ends.
     *
     * @param frameSeconds how long a frame takes
     * @param piece what a symbol adds to a text: {@code " the"}, {@code "ing"}, {@code "e"}, {@code " "}, or nothing
     * @param spaced whether such texts have spaces between words
     */
    public static Transcript of(
            String name,
            CtcAlignment alignment,
            Confidence confidence,
            double frameSeconds,
            IntFunction<String> piece,
            boolean spaced) {
        List<TimedText> symbols = new ArrayList<>();
        Words words = new Words(confidence);
        int before = 0;
        for (AlignedSpan span : alignment.spans()) {
            TimedText timed = new TimedText(
                    piece.apply(span.symbol()),
                    span.start() * frameSeconds,
                    span.end() * frameSeconds,
                    confidence.ofLabel(span.label()));
            if (!timed.text().isBlank()) {
                symbols.add(new TimedText(timed.text().strip(), timed.start(), timed.end(), timed.confidence()));
            }
            if (hasWildcard(alignment, before, span.start())) {
                words.end();
            }
            words.add(timed, span.label());
            before = span.end();
        }
        words.end();
        double duration = alignment.frames() * frameSeconds;
        return new Transcript(name, duration, symbols, spaced ? words.all() : symbols, spaced);
    }

    private static boolean hasWildcard(CtcAlignment alignment, int from, int to) {
        for (int t = from; t < to; t++) {
            if (alignment.symbol(t) == CtcAlignment.WILDCARD) {
                return true;
            }
        }
        return false;
    }
}
