package io.github.tornadoctc;

/**
 * A batch that is valid, but that a device has no room for, nor for its largest utterance alone. Another backend may compute
 * it.
 */
public final class BatchTooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** A message that names what is needed and what there is. */
    public BatchTooLargeException(String message) {
        super(message);
    }
}
