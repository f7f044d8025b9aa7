package io.github.tornadoctc;

/**
 * The losses of many targets for each utterance, as in rescoring the N best hypotheses of a decoder, or training for the
 * least expected number of errors. Rows of scores are read once for each utterance, however many targets it has, and are
 * not copied.
 */
public interface CtcRescorer extends CtcOperation {

    /**
     * Computes the loss of every hypothesis. Each is the same to the bit as the loss that this backend computes of a batch
     * with that hypothesis as the utterance's target.
     *
     * @param scores what the scores are
     * @return B arrays, in the order of the batch, of one loss for each hypothesis of the utterance: −ln p(hypothesis |
     *     scores) in nats; +∞ of one that has no path; NaN if the utterance's scores are not finite
     * @throws IllegalStateException if the backend is closed
     */
    double[][] losses(CtcHypotheses hypotheses, Scores scores);
}
