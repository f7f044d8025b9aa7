package io.github.tornadoctc.spark.corpus;

/** A corpus that cannot be read, or an output that cannot be gone on with. The message is one line that says what would do. */
public final class CorpusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorpusException(String message) {
        super(message);
    }

    CorpusException(String message, Throwable cause) {
        super(message, cause);
    }
}
