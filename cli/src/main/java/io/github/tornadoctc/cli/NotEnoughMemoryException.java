package io.github.tornadoctc.cli;

/** Too little memory for something whose need is known. */
final class NotEnoughMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotEnoughMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
