package io.github.tornadoctc.decoding;

/**
 * The frames of one label in a path.
 *
 * @param symbol the label
 * @param start its first frame
 * @param end the frame after its last
 * @param score the mean over its frames of ln y(t, symbol)
 * @param confidence the largest y(t, symbol) of its frames, between 0 and 1 where the scores are logits. It tells right
 *     from wrong labels a little better than the mean and the least of them do, by the figures of {@code examples/ocr}:
 *     the frames beside the peak say where a label is and not what it is
 */
public record Span(int symbol, int start, int end, double score, double confidence) {}
