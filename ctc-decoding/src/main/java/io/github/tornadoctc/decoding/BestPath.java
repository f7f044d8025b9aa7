package io.github.tornadoctc.decoding;

import io.github.tornadoctc.CtcStatus;
import java.util.List;

/**
 * The likeliest path of an utterance, collapsed: what it says, and where.
 *
 * @param status {@code OK}; {@code INFEASIBLE} if a frame has no possible symbol; {@code NON_FINITE} if a score is NaN or
 *     +∞. There are no spans unless it is {@code OK}
 * @param spans the labels in their order, each with the frames that it was merged from
 * @param score ln of the path's probability, that of one path and not of the labelling; −∞ or NaN if it is not
 *     {@code OK}
 */
public record BestPath(CtcStatus status, List<Span> spans, double score) {

    /** With a list of its own. */
    public BestPath {
        spans = List.copyOf(spans);
    }

    /** The labels, in a new array. */
    public int[] labels() {
        return spans.stream().mapToInt(Span::symbol).toArray();
    }
}
