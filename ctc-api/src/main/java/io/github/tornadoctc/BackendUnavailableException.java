package io.github.tornadoctc;

/** A backend or a device that was asked for cannot be used here; the message says why and what can. */
public final class BackendUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with that message. */
    public BackendUnavailableException(String message) {
        super(message);
    }

    /** An exception with that message, and what it came from. */
    public BackendUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
