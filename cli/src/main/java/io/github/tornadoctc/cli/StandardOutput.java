package io.github.tornadoctc.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers why standard output could not be written, which a {@link java.io.PrintWriter} forgets. A reader that has
 * seen enough and closed the pipe, as {@code head} does, is no failure.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream out;
    private @Nullable String failure;
    private boolean closed;

    StandardOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out);
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
