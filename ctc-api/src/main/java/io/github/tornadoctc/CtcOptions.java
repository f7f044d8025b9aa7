package io.github.tornadoctc;

import java.util.Objects;

/**
 * What to compute of a {@link CtcBatch}.
 *
 * @param scores what the batch's scores are
 * @param reduction how losses are reduced, and so how gradients are scaled
 * @param zeroInfinity whether an infeasible utterance counts as loss 0 instead of +∞
 * @param gradient whether the gradient is wanted; a backend skips the work it does not need for the losses alone
 */
public record CtcOptions(Scores scores, Reduction reduction, boolean zeroInfinity, boolean gradient) {

    private static final CtcOptions DEFAULTS = new CtcOptions(Scores.LOGITS, Reduction.NONE, false, true);

    /**
     * All options at once.
     *
     * @throws NullPointerException if {@code scores} or {@code reduction} is null
     */
    public CtcOptions {
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Raw logits, no reduction, infeasible utterances cost +∞, with gradient. */
    public static CtcOptions defaults() {
        return DEFAULTS;
    }

    /** The same for scores of that kind, which is also what the gradient is taken with respect to. */
    public CtcOptions withScores(Scores newScores) {
        return new CtcOptions(newScores, reduction, zeroInfinity, gradient);
    }

    /** The same with that reduction. It scales the gradient, too: every utterance's by {@link Reduction#weight}. */
    public CtcOptions withReduction(Reduction newReduction) {
        return new CtcOptions(scores, newReduction, zeroInfinity, gradient);
    }

    /** The same, with loss 0 instead of +∞ for infeasible utterances or not. Their gradient is 0 either way. */
    public CtcOptions withZeroInfinity(boolean newZeroInfinity) {
        return new CtcOptions(scores, reduction, newZeroInfinity, gradient);
    }

    /** The same with a gradient or without, for losses alone. */
    public CtcOptions withGradient(boolean newGradient) {
        return new CtcOptions(scores, reduction, zeroInfinity, newGradient);
    }
}
