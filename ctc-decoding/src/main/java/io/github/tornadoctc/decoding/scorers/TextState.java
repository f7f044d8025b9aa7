package io.github.tornadoctc.decoding.scorers;

/**
 * What a scorer remembers of a text, character by character. Words are between spaces; several in a row, or one in front,
 * are as good as none.
 */
interface TextState {
    /** The state of the text with one more character, which is a space between words. */
    TextState append(char character);

    /** The score of the text so far, as the beginning of a longer one. */
    double score();

    /** The score of the text as a whole. */
    double endScore();
}
