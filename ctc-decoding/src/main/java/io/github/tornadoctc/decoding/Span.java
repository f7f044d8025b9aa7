package io.github.tornadoctc.decoding;

/**
 * The frames of one label in a path.
 *
 * @param symbol the label
 * @param start its first frame
 * @param end the frame after its last
 * @param score the mean over its frames of ln y(t, symbol)
 * @param confidence the largest y(t, symbol) of its frames, between 0 and 1 where the scores are logits. A label is
 *     emitted at a peak, and the frames beside the peak say where it is and not what it is
 */
public record Span(int symbol, int start, int end, double score, double confidence) {}
