package io.github.tornadoctc;

import java.util.List;

/**
 * Forced alignment: of all paths that collapse to an utterance's target, the most probable one (Viterbi's algorithm over
 * the 2U+1 states of CTC; L. Rabiner, <i>A Tutorial on Hidden Markov Models</i>, Proceedings of the IEEE 77 (2), 1989,
 * section III B), and with it when each label is said.
 *
 * <p>The path is the same on every backend, ties and all, unless {@linkplain Wildcards.Cost#constant constant wildcard
 * costs} are involved. Each frame's scores are taken relative to the largest of the frame, which changes no comparison of
 * paths; δ, the sum of these along the best path to a state, is a double on every backend, added up frame by frame. So a
 * path is better than another one where it is by more than the rounding of a double. Where ways into a state are equally
 * good, staying is preferred to coming from the state before, and that to skipping the blank between two labels; of
 * two equally good ends the last blank is taken. Log-probabilities along the path are within 1e-6 of the reference's,
 * relative to their size or to 1.
 *
 * <p>Alone, in any batch and on every run the result of an utterance is the same to the bit.
 */
public interface CtcAligner extends CtcOperation {

    /**
     * Aligns every utterance of a batch.
     *
     * @return B alignments, in the order of the batch
     * @throws IllegalArgumentException if a wildcard's position is not in its target, or the batch's scores are on a
     *     device
     * @throws IllegalStateException if the backend is closed
     */
    List<CtcAlignment> align(CtcBatch batch, AlignmentOptions options);
}
