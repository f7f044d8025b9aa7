package io.github.tornadoctc.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers why standard output could not be written, which a {@link java.io.PrintWriter} forgets. A reader that has
 * seen enough and closed the pipe, as {@code head} does, is no failure.
 */
final class StandardOutput extends OutputStream {
    /** Its names, which no file replaces. */
    private static final List<String> NAMES = List.of("-", "/dev/stdout");

    private final OutputStream out;
    private @Nullable String failure;
    private boolean closed;

    StandardOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    /** Whether an option for a file names it instead. */
    static boolean isNamed(@Nullable Path file) {
        return file != null && NAMES.contains(file.toString());
    }

    /** Why the output is incomplete, or null if it is not. */
    @Nullable
    String failure() {
        return failure;
    }

    @Override
    public void write(int value) {
        attempt(() -> out.write(value));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() {
        attempt(out::flush);
    }

    private void attempt(Write write) {
        if (closed) {
            return;
        }
        try {
            write.run();
        } catch (IOException e) {
            closed = true;
            String reason = String.valueOf(e.getMessage());
            if (!reason.contains("Broken pipe")) {
                failure = reason;
            }
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}
