package io.github.tornadoctc.io;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * A file that cannot be read or written, or does not hold what it should. The message is one line that names the
 * file and, where there is one, the array, the index and the value.
 */
public final class BatchFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With that message, which begins with the name of the file; ends of lines in it become spaces. */
    public BatchFileException(String message) {
        super(oneLine(message));
    }

    BatchFileException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** What the system found wrong with a file or an array in it, as one of ours; one that is ours stays as it is. */
    static BatchFileException of(Object where, String what, IOException cause) {
        if (cause instanceof BatchFileException ours) {
            return ours;
        }
        return new BatchFileException("%s: %s: %s".formatted(where, what, reason(cause)), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static String oneLine(String message) {
        return message.lines().map(String::strip).collect(joining(" "));
    }
}
