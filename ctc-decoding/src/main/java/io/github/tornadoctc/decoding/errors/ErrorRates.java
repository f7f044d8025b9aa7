package io.github.tornadoctc.decoding.errors;

import java.util.ArrayList;
import java.util.List;

/**
 * The errors of many texts.
 *
 * @param texts those of each
 * @param words all word errors
 * @param characters all character errors
 */
public record ErrorRates(List<TextErrors> texts, ErrorCounts words, ErrorCounts characters) {

    /** With a list of its own. */
    public ErrorRates {
        texts = List.copyOf(texts);
    }

    /**
     * Compares texts with what was said, one by one.
     *
     * @throws IllegalArgumentException if there are not as many of both
     */
    public static ErrorRates of(List<String> references, List<String> hypotheses) {
        if (references.size() != hypotheses.size()) {
            throw new IllegalArgumentException(
                    "%d references do not suit %d hypotheses".formatted(references.size(), hypotheses.size()));
        }
        List<TextErrors> texts = new ArrayList<>();
        ErrorCounts words = new ErrorCounts(0, 0, 0, 0);
        ErrorCounts characters = words;
        for (int i = 0; i < references.size(); i++) {
            TextErrors errors = TextErrors.of(references.get(i), hypotheses.get(i));
            texts.add(errors);
            words = words.plus(errors.words());
            characters = characters.plus(errors.characters());
        }
        return new ErrorRates(texts, words, characters);
    }

    /** The character error rate of all texts. */
    public double cer() {
        return characters.rate();
    }

    /** The word error rate of all texts. */
    public double wer() {
        return words.rate();
    }
}
