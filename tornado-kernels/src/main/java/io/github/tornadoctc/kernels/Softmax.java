package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The softmax of a row of scores, which the gradient is made of: written by {@link RowKernel} or by {@link GradientKernel},
 * as {@link io.github.tornadoctc.kernels.profile.Stage#ofSoftmax} says, to the same bits.
 */
final class Softmax {
    private Softmax() {}

    /** What the softmax of an utterance is to be multiplied by: the derivative of the reduced loss with respect to its own. */
    static float weight(int meanOver, int targetLength) {
        return meanOver > 0 ? 1f / ((float) meanOver * TornadoMath.max(targetLength, 1)) : 1f;
    }

    /**
     * Writes e^(score − largest) · scale of every symbol of a row.
     *
     * @param gradient may be the array of the scores
     * @param base where the row begins in both
     * @param first the first symbol of the work-item, which has every {@code lanes}-th from there on; the number of
     *     symbols if it has none
     * @param zero {@link Header#ZERO}
     */
    static void write(
            FloatArray scores,
            FloatArray gradient,
            int base,
            int first,
            int lanes,
            int symbols,
            int zero,
            float largest,
            float scale) {
        int v = first;
        // Eight scores are read before the first is overwritten. One by one they would wait for each other, since
        // they may stand where the gradient goes.
        for (; v < symbols - 7 * lanes; v += 8 * lanes) {
            int at = (base + v) | zero;
            float score0 = scores.get(at);
            float score1 = scores.get(at + lanes);
            float score2 = scores.get(at + 2 * lanes);
            float score3 = scores.get(at + 3 * lanes);
            float score4 = scores.get(at + 4 * lanes);
            float score5 = scores.get(at + 5 * lanes);
            float score6 = scores.get(at + 6 * lanes);
            float score7 = scores.get(at + 7 * lanes);
            // with the zero an index of its own, or a compiler would keep eight addresses from the loads to here
            int to = at | zero;
            gradient.set(to, of(score0, largest, scale));
            to += lanes;
            gradient.set(to, of(score1, largest, scale));
            to += lanes;
            gradient.set(to, of(score2, largest, scale));
            to += lanes;
            gradient.set(to, of(score3, largest, scale));
            to += lanes;
            gradient.set(to, of(score4, largest, scale));
            to += lanes;
            gradient.set(to, of(score5, largest, scale));
            to += lanes;
            gradient.set(to, of(score6, largest, scale));
            to += lanes;
            gradient.set(to, of(score7, largest, scale));
        }
        for (; v < symbols - lanes; v += 2 * lanes) {
            float score0 = scores.get(base + v);
            float score1 = scores.get(base + v + lanes);
            gradient.set(base + v, of(score0, largest, scale));
            gradient.set(base + v + lanes, of(score1, largest, scale));
        }
        if (v < symbols) {
            gradient.set(base + v, of(scores.get(base + v), largest, scale));
        }
    }

    /**
     * A device's own exponential does here: its error grows as the distance from the largest score, relative, and what it
     * is relative to falls exponentially. One of 2 ulps of a rounded product x · log₂ e is off by less than 1e-7 in all.
     */
    static float of(float score, float largest, float scale) {
        return TornadoMath.exp(score - largest) * scale;
    }
}
