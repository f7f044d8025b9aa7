package io.github.tornadoctc;

/** What became of one utterance. */
public enum CtcStatus {
    /** The loss is finite and the gradient, if asked for, is that loss's. */
    OK,
    /**
     * No path of positive probability collapses to the target: there are fewer frames than labels plus repeats, or a
     * symbol that every path needs is masked with −∞. The loss is +∞ (0 with {@code zeroInfinity}), the gradient 0.
     */
    INFEASIBLE,
    /** A score inside the utterance's frames is NaN or +∞. The loss is NaN, the gradient 0. */
    NON_FINITE
}
