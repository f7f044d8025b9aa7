package io.github.tornadoctc.io.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.io.BatchFile;
import java.io.EOFException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** That the checks of the fuzz targets find what they look for. */
class CheckedReadTest {
    private static final Memory MOST = new Memory(1, 1);
    private static final int TOO_MUCH = 2 << 20;

    private final Path file = CheckedRead.file(new byte[1000]);

    @Test
    void aFileRefusedAsDocumentedIsNoFinding() {
        assertThat(CheckedRead.<Object>read(file, MOST, BatchFile::read)).isNull();
    }

    @Test
    void anotherExceptionIsAFinding() {
        assertThatThrownBy(() -> CheckedRead.read(file, MOST, path -> {
                    throw new EOFException();
                }))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> CheckedRead.read(file, MOST, path -> new byte[0][0][-1]))
                .isInstanceOf(NegativeArraySizeException.class);
    }

    @Test
    void aMessageThatDoesNotNameTheFileIsAFinding() {
        assertThatThrownBy(() -> CheckedRead.read(file, MOST, path -> BatchFile.read(Path.of("another"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("not a line");
    }

    @Test
    void tooMuchHeapIsAFinding() {
        assertThatThrownBy(() -> CheckedRead.read(file, MOST, path -> new byte[TOO_MUCH]))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("bytes on the heap");
    }

    @Test
    void tooMuchMemoryOffHeapIsAFinding() {
        assertThatThrownBy(() ->
                        CheckedRead.read(file, MOST, path -> Arena.ofAuto().allocate(TOO_MUCH)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("off it for a file of 1000");
    }
}
