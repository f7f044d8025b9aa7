package io.github.tornadoctc.align;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts words together from what symbols add to a text; a space begins a new one and belongs to none. */
final class Words {
    private final Confidence confidence;
    private final List<TimedText> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private @Nullable TimedText first;
    private @Nullable TimedText last;
    private int firstLabel;
    private int endLabel;

    Words(Confidence confidence) {
        this.confidence = confidence;
    }

    /** Adds the text of a label. Of a text with spaces inside, all words have the label's time. */
    void add(TimedText symbol, int label) {
        for (int i = 0; i < symbol.text().length(); i++) {
            char c = symbol.text().charAt(i);
            if (Character.isWhitespace(c)) {
                end();
            } else {
                if (first == null) {
                    first = symbol;
                    firstLabel = label;
                }
                word.append(c);
                last = symbol;
                endLabel = label + 1;
            }
        }
    }

    /** Ends the word, if there is one. */
    void end() {
        if (first != null && last != null) {
            words.add(TimedText.join(word.toString(), first, last, confidence.ofLabels(firstLabel, endLabel)));
        }
        word.setLength(0);
        first = null;
        last = null;
    }

    /** All words that have ended. */
    List<TimedText> all() {
        return words;
    }
}
