package io.github.tornadoctc.decoding.errors;

import java.util.List;

/**
 * What is wrong with one text that was read.
 *
 * @param wordEdits the alignment by words, which are what is between white space
 * @param characterEdits the alignment by characters (code points of Unicode), spaces between words among them
 */
public record TextErrors(List<Edit> wordEdits, List<Edit> characterEdits) {

    /** With lists of its own. */
    public TextErrors {
        wordEdits = List.copyOf(wordEdits);
        characterEdits = List.copyOf(characterEdits);
    }

    /** Compares a text with what was said. White space at either end counts nothing, and any in between one space. */
    public static TextErrors of(String reference, String hypothesis) {
        List<String> said = words(reference);
        List<String> read = words(hypothesis);
        return new TextErrors(
                EditAlignment.of(said, read),
                EditAlignment.of(characters(String.join(" ", said)), characters(String.join(" ", read))));
    }

    private static List<String> words(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
    }

    private static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    /** The word errors, of which {@link ErrorCounts#rate()} is the word error rate, WER. */
    public ErrorCounts words() {
        return ErrorCounts.of(wordEdits);
    }

    /** The character errors, of which {@link ErrorCounts#rate()} is the character error rate, CER. */
    public ErrorCounts characters() {
        return ErrorCounts.of(characterEdits);
    }
}
