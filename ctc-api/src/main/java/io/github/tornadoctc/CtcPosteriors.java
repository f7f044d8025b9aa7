package io.github.tornadoctc;

import java.util.List;

/**
 * The occupation of the lattice: γ(t, s), the probability that a path is in state s at frame t, given that it collapses
 * to the target. It is α(t, s) β(t, s) / y(t, l′_s) over p(l|x), equations 14 and 15 of Graves et al. 2006; added up by
 * symbol it is what the gradient of the loss subtracts.
 */
public interface CtcPosteriors extends CtcOperation {

    /**
     * Computes the posteriors of every utterance of a batch.
     *
     * @param scores what the batch's scores are
     * @return B occupations, in the order of the batch
     * @throws IllegalArgumentException if the batch's scores are on a device, or one utterance has more than 2^31 cells
     * @throws IllegalStateException if the backend is closed
     */
    List<CtcOccupation> posteriors(CtcBatch batch, Scores scores);
}
