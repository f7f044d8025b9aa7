package io.github.tornadoctc;

/** The order of the axes of a score or gradient array; the symbols are always contiguous. */
public enum Layout {
    /** {@code [T][B][V]}, element (t, b, v) at {@code (t * B + b) * V + v}; what PyTorch's {@code ctc_loss} takes. */
    TIME_MAJOR,
    /** {@code [B][T][V]}, element (t, b, v) at {@code (b * T + t) * V + v}. */
    BATCH_MAJOR
}
