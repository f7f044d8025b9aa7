package io.github.tornadoctc.djl;

import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import java.util.Objects;

/**
 * How a network gives its scores.
 *
 * @param layout the order of the axes of its output: {@code [B][T][V]}, as DJL's own blocks have it, or
 *     {@code [T][B][V]}, as PyTorch's {@code ctc_loss}
 * @param blank the index of the blank symbol, in [0, V)
 * @param scores what they are: what comes out of the last linear layer, or out of a log-softmax after it. With logits the
 *     log-softmax is part of the loss, which takes less time and memory; a log-softmax of the network does no harm then,
 *     since that of log-probabilities is themselves. {@link Scores#LOG_PROBS} takes them as they are
 */
public record ScoreFormat(Layout layout, int blank, Scores scores) {
    private static final ScoreFormat DEFAULTS = new ScoreFormat(Layout.BATCH_MAJOR, 0, Scores.LOGITS);

    /**
     * All at once.
     *
     * @throws NullPointerException if {@code layout} or {@code scores} is null
     * @throws IllegalArgumentException if {@code blank} is negative
     */
    public ScoreFormat {
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(scores, "scores");
        if (blank < 0) {
            throw new IllegalArgumentException("blank = %d is less than 0".formatted(blank));
        }
    }

    /** Logits, {@code [B][T][V]}, the blank being symbol 0. */
    public static ScoreFormat defaults() {
        return DEFAULTS;
    }

    /** The same with axes in that order. */
    public ScoreFormat withLayout(Layout newLayout) {
        return new ScoreFormat(newLayout, blank, scores);
    }

    /** The same with that blank. */
    public ScoreFormat withBlank(int newBlank) {
        return new ScoreFormat(layout, newBlank, scores);
    }

    /** The same for scores of that kind. */
    public ScoreFormat withScores(Scores newScores) {
        return new ScoreFormat(layout, blank, newScores);
    }
}
