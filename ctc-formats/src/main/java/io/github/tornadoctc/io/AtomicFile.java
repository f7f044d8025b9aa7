package io.github.tornadoctc.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Writes a file beside its name and moves it there when it is complete, so that nobody ever sees half of it. */
public final class AtomicFile {

    /** Writes the content of a file. */
    public interface Content {
        /** Writes all of it, and leaves the stream open. */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes a file, or replaces it; what is there and no file, such as /dev/null or a named pipe, is written to.
     *
     * @throws BatchFileException if it cannot be written, whatever the content threw
     */
    public static void write(Path file, Content content) throws BatchFileException {
        try {
            if (isDevice(file)) {
                try (OutputStream out =
                        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE))) {
                    content.writeTo(out);
                }
                return;
            }
            Path target = target(file);
            Path temporary = target.resolveSibling(".%s.%08x.tmp"
                    .formatted(target.getFileName(), ThreadLocalRandom.current().nextInt()));
            try {
                // not createTempFile: that would leave the file readable by its owner alone
                try (OutputStream out = new BufferedOutputStream(
                        Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                    content.writeTo(out);
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (NoSuchFileException e) {
            throw new BatchFileException("%s: cannot be written: its directory does not exist".formatted(file), e);
        } catch (IOException e) {
            throw BatchFileException.of(file, "cannot be written", e);
        }
    }

    /** Whether it is something to write to and not to replace, such as /dev/null or a named pipe. */
    private static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /** The file to replace: behind a link, the one it points to; never a directory. */
    private static Path target(Path file) throws IOException {
        if (!Files.exists(file)) {
            return file.toAbsolutePath();
        }
        if (!Files.isRegularFile(file)) {
            throw new BatchFileException("%s: cannot be written: is a directory".formatted(file));
        }
        return file.toRealPath();
    }
}
