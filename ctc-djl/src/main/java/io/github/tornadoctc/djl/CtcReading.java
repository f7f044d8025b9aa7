package io.github.tornadoctc.djl;

import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.decoding.Span;
import java.util.List;

/**
 * What an utterance says.
 *
 * @param status {@code OK}, or why nothing was read: {@code INFEASIBLE} if no symbol is possible somewhere,
 *     {@code NON_FINITE} if a score is NaN or +∞
 * @param text the pieces of the labels' tokens; empty if nothing was read
 * @param labels the labels in their order, each with its frames and a confidence between 0 and 1
 * @param confidence of the whole, the geometric mean of the labels' confidences; 1 of none, 0 if nothing was read
 */
public record CtcReading(CtcStatus status, String text, List<Span> labels, double confidence) {

    /** With a list of its own. */
    public CtcReading {
        labels = List.copyOf(labels);
    }

    /** The symbols of the labels, in a new array. */
    public int[] symbols() {
        return labels.stream().mapToInt(Span::symbol).toArray();
    }

    static CtcReading nothing(CtcStatus status) {
        return new CtcReading(status, "", List.of(), 0);
    }
}
