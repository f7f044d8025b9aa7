package io.github.tornadoctc.align;

import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcOccupation;
import java.util.List;

/**
 * How sure the scores are of what an utterance is said to say.
 *
 * <p>Of a label it is the probability of its symbol in the frames that it takes, weighted by how likely it takes them:
 * Σ γ(t, 2u+1) y(t, l_u) / Σ γ(t, 2u+1) over the frames of its span, with the occupation γ ({@link CtcOccupation}) and the
 * probability y that softmax gives the symbol there. γ alone would not do: it is the probability given the target, and
 * sums up to all the frames a label needs however little the scores say it.
 *
 * <p>Of a word or an utterance it is the geometric mean of its labels': a single label that is not there pulls it down.
 */
public final class Confidence {
    /** What stands for a probability of 0 in a mean of logarithms. */
    private static final double LEAST = 1e-30;

    private final double[] ofLabels;

    private Confidence(double... ofLabels) {
        this.ofLabels = ofLabels;
    }

    /**
     * The confidences of an utterance that has a path.
     *
     * @throws IllegalArgumentException if one of the two is of an utterance without a path, or they do not belong together
     */
    public static Confidence of(CtcAlignment alignment, CtcOccupation occupation) {
        List<AlignedSpan> spans = alignment.spans();
        if (alignment.frames() != occupation.frames() || occupation.states() != 2 * spans.size() + 1) {
            throw new IllegalArgumentException(
                    "the alignment has %d frames and %d labels, the occupation %d frames and %d states"
                            .formatted(alignment.frames(), spans.size(), occupation.frames(), occupation.states()));
        }
        double[] ofLabels = new double[spans.size()];
        for (AlignedSpan span : spans) {
            double sum = 0;
            double weights = 0;
            for (int t = span.start(); t < span.end(); t++) {
                double gamma = occupation.gamma(t, 2 * span.label() + 1);
                sum += gamma * Math.min(1, Math.exp(alignment.logProbability(t)));
                weights += gamma;
            }
            ofLabels[span.label()] = weights == 0 ? 0 : sum / weights;
        }
        return new Confidence(ofLabels);
    }

    /** U. */
    public int labels() {
        return ofLabels.length;
    }

    /** Of label u, in [0, 1]. */
    public double ofLabel(int u) {
        return ofLabels[u];
    }

    /** Of labels [from, to), such as those of a word; 1 of none. */
    public double ofLabels(int from, int to) {
        if (from == to) {
            return 1;
        }
        double sum = 0;
        for (int u = from; u < to; u++) {
            sum += Math.log(Math.max(ofLabels[u], LEAST));
        }
        return Math.exp(sum / (to - from));
    }

    /** Of the whole utterance. */
    public double ofUtterance() {
        return ofLabels(0, ofLabels.length);
    }
}
