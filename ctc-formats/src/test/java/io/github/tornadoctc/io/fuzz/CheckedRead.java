package io.github.tornadoctc.io.fuzz;

import com.sun.management.ThreadMXBean;
import io.github.tornadoctc.io.BatchFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file of given bytes, and throws an {@link AssertionError} where a reader does not keep what it promises. */
final class CheckedRead {
    /** A reader of files. */
    interface Reader<T> {
        T read(Path file) throws IOException;
    }

    /** Code that is loaded, compiled or instrumented for a read allocates too, but not twice. */
    private static final int ATTEMPTS = 3;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Counts what arenas that the garbage collector frees have allocated too, which are the ones readers use. */
    private static final BufferPoolMXBean DIRECT = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();

    private static final Path DIRECTORY = temporaryDirectory();

    private CheckedRead() {}

    /** A file of those bytes, until the next one. */
    static Path file(byte[] bytes) {
        try {
            return Files.write(scratch("input"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A place for a file that can be overwritten. */
    static Path scratch(String name) {
        return DIRECTORY.resolve(name);
    }

    /** Reads a file; null if it was refused as it should be. */
    static <T> @Nullable T read(Path file, Memory most, Reader<T> reader) {
        long size = file.toFile().length();
        String excess = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long heap = THREADS.getCurrentThreadAllocatedBytes();
            long offHeap = DIRECT.getMemoryUsed();
            T result = readOrRefuse(file, reader);
            offHeap = DIRECT.getMemoryUsed() - offHeap;
            heap = THREADS.getCurrentThreadAllocatedBytes() - heap;
            if (heap <= most.heap(size) && offHeap <= most.offHeap(size)) {
                return result;
            }
            excess = "%d bytes on the heap and %d off it for a file of %d, but %d and %d are the most"
                    .formatted(heap, offHeap, size, most.heap(size), most.offHeap(size));
        }
        throw new AssertionError(excess);
    }

    private static <T> @Nullable T readOrRefuse(Path file, Reader<T> reader) {
        try {
            return reader.read(file);
        } catch (BatchFileException e) {
            checkMessage(e, file);
            return null;
        } catch (IOException e) {
            throw new AssertionError("not the exception that is documented", e);
        }
    }

    /** That it is one line that begins with the file's name, and that what went wrong was foreseen. */
    private static void checkMessage(BatchFileException e, Path file) {
        String message = String.valueOf(e.getMessage());
        String rest = message.startsWith(file + ": ")
                ? message.substring(file.toString().length() + 2)
                : "";
        if (rest.isBlank() || rest.endsWith("null") || message.lines().count() != 1) {
            throw new AssertionError("not a line that says what is wrong with the file", e);
        }
        if (e.getCause() instanceof IllegalArgumentException cause && !isOfTheBuilder(cause)) {
            throw new AssertionError("a failure passed off as a bad file", e);
        }
    }

    /** Readers pass on what the builder of batches refuses, but nothing else is meant to throw what it throws. */
    private static boolean isOfTheBuilder(IllegalArgumentException e) {
        return e.getStackTrace()[0].getClassName().endsWith(".CtcBatchBuilder");
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("fuzz");
            directory.toFile().deleteOnExit();
            for (String name : new String[] {"input", "again"}) {
                directory.resolve(name).toFile().deleteOnExit();
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
