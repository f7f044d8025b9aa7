package io.github.tornadoctc.io;

import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a batch file beside what it says itself, and goes before that.
 *
 * @param layout the order of the axes of the scores, or null for what the file says, else time-major
 * @param blank the index of the blank, or null for what the file says, else 0
 * @param scores what the scores are, or null for what the file says, else logits
 * @param bfloat16 whether scores of type uint16 are the bits of bfloat16
 * @param unlabelled whether the file may have no targets; those of all utterances are empty then
 */
public record ReadOptions(
        @Nullable Layout layout,
        @Nullable Integer blank,
        @Nullable Scores scores,
        boolean bfloat16,
        boolean unlabelled) {

    private static final ReadOptions DEFAULTS = new ReadOptions(null, null, null, false, false);

    /** Nothing beside what the file says. */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /** The same with that layout, or with the file's if it is null. */
    public ReadOptions withLayout(@Nullable Layout newLayout) {
        return new ReadOptions(newLayout, blank, scores, bfloat16, unlabelled);
    }

    /** The same with that blank, or with the file's if it is null. */
    public ReadOptions withBlank(@Nullable Integer newBlank) {
        return new ReadOptions(layout, newBlank, scores, bfloat16, unlabelled);
    }

    /** The same with scores of that kind, or of the file's if it is null. */
    public ReadOptions withScores(@Nullable Scores newScores) {
        return new ReadOptions(layout, blank, newScores, bfloat16, unlabelled);
    }

    /** The same, with uint16 taken as bfloat16 or not. */
    public ReadOptions withBfloat16(boolean newBfloat16) {
        return new ReadOptions(layout, blank, scores, newBfloat16, unlabelled);
    }

    /** The same, of a file that may have no targets or has to have some. */
    public ReadOptions withUnlabelled(boolean newUnlabelled) {
        return new ReadOptions(layout, blank, scores, bfloat16, newUnlabelled);
    }
}
