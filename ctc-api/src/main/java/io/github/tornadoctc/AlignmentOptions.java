package io.github.tornadoctc;

import java.util.Objects;

/**
 * How to align a {@link CtcBatch}.
 *
 * @param scores what the batch's scores are
 * @param wildcards where targets leave out what was said
 */
public record AlignmentOptions(Scores scores, Wildcards wildcards) {
    private static final AlignmentOptions DEFAULTS = new AlignmentOptions(Scores.LOGITS, Wildcards.none());

    /**
     * Both at once.
     *
     * @throws NullPointerException if one is null
     */
    public AlignmentOptions {
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(wildcards, "wildcards");
    }

    /** Raw logits, and targets that say all. */
    public static AlignmentOptions defaults() {
        return DEFAULTS;
    }

    /** The same for scores of that kind. */
    public AlignmentOptions withScores(Scores newScores) {
        return new AlignmentOptions(newScores, wildcards);
    }

    /** The same with those wildcards. */
    public AlignmentOptions withWildcards(Wildcards newWildcards) {
        return new AlignmentOptions(scores, newWildcards);
    }

    /**
     * For backends: checks that these options suit a batch whose scores are in host memory.
     *
     * @throws IllegalArgumentException if they do not
     */
    public void check(CtcBatch batch) {
        if (!batch.hasScores()) {
            throw new IllegalArgumentException("batch has its scores on a device, so no backend can align it");
        }
        wildcards.check(batch);
    }
}
