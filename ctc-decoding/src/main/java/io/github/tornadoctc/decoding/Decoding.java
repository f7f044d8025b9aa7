package io.github.tornadoctc.decoding;

import io.github.tornadoctc.CtcStatus;
import java.util.List;

/**
 * What an utterance says, by a beam search.
 *
 * @param status {@code OK}; {@code INFEASIBLE} if no labelling is possible, for the scores or the scorer; or
 *     {@code NON_FINITE} if a score is NaN or +∞
 * @param hypotheses the best first, as many as there are and were asked for; none unless the status is {@code OK}
 */
public record Decoding(CtcStatus status, List<Hypothesis> hypotheses) {

    /** With a list of its own. */
    public Decoding {
        hypotheses = List.copyOf(hypotheses);
    }

    /**
     * The best hypothesis.
     *
     * @throws IllegalStateException if there is none
     */
    public Hypothesis best() {
        if (hypotheses.isEmpty()) {
            throw new IllegalStateException("there is no hypothesis, but the status " + status);
        }
        return hypotheses.get(0);
    }
}
