package io.github.tornadoctc;

/**
 * The frames in which a label of the target is, after torchaudio's {@code TokenSpan}.
 *
 * @param label which label of the target, from 0
 * @param symbol which symbol that is
 * @param start the first frame
 * @param end the frame after the last one
 * @param score the mean log-probability of the symbol in these frames, in nats
 */
public record AlignedSpan(int label, int symbol, int start, int end, double score) {
    /** The number of frames, at least 1. */
    public int length() {
        return end - start;
    }
}
