package io.github.tornadoctc;

/** What the scores of a batch are, and so what the gradient is taken with respect to. */
public enum Scores {
    /** Raw network outputs. Log-softmax is part of the loss; the gradient is softmax − posterior. */
    LOGITS,
    /**
     * Log-probabilities, taken as they are and never renormalised; the gradient is −posterior, the true derivative.
     * Scores that do not sum to one (label priors, masks) are meaningful, so the loss may be negative.
     */
    LOG_PROBS
}
