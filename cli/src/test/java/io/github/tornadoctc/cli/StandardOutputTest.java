package io.github.tornadoctc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    @Test
    void aFullDiskIsRemembered() {
        assertThat(failureOf("No space left on device")).isEqualTo("No space left on device");
    }

    @Test
    void aClosedPipeIsNoFailure() {
        assertThat(failureOf("Broken pipe")).isNull();
    }

    private static @Nullable String failureOf(String reason) {
        StandardOutput out = new StandardOutput(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(reason);
            }
        });
        try (PrintWriter writer = new PrintWriter(out, true, StandardCharsets.UTF_8)) {
            writer.println("a line");
            writer.println("another");
        }
        return out.failure();
    }
}
