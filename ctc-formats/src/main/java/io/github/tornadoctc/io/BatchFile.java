package io.github.tornadoctc.io;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Reads and writes batches, as {@code .npz} or JSON.
 *
 * <p>{@code .npz}: float32 {@code logits} [T][B][V], int32 or int64 {@code input_lengths} [B], {@code targets}
 * padded to [B][Umax] or 1-D concatenated, {@code target_lengths} [B], and optionally a scalar {@code blank}, 0
 * unless given. Other arrays are ignored.
 *
 * <p>JSON: an object {@code {"blank": 0, "logits": [[[..]]], "inputLengths": [..], "targets": [[..], ..]}} with
 * {@code logits} nested [T][B][V]; where a score is not finite, the string {@code "inf"}, {@code "-inf"} or
 * {@code "nan"}, or the number as Python's {@code json} writes it. Other fields are ignored. Reading JSON needs
 * {@code jackson-core} on the class path.
 */
public final class BatchFile {
    private BatchFile() {}

    /**
     * Reads a time-major batch with the blank that the file names.
     *
     * @throws BatchFileException if the file cannot be read or holds no valid batch
     */
    public static CtcBatch read(Path file) throws BatchFileException {
        return read(file, Layout.TIME_MAJOR, OptionalInt.empty());
    }

    /**
     * Reads a batch. The first bytes of the file tell its format, whatever its name.
     *
     * @param layout the order of the axes of the file's {@code logits}
     * @param blank the index of the blank, where it is not to be the one that the file names
     * @throws BatchFileException if the file cannot be read or holds no valid batch
     */
    public static CtcBatch read(Path file, Layout layout, OptionalInt blank) throws BatchFileException {
        if (Files.isDirectory(file)) {
            throw new BatchFileException(file + ": is a directory");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return switch (firstByte(in)) {
                case 'P' -> NpzBatch.read(file, layout, blank);
                case '{' -> JsonBatch.read(in, file, layout, blank);
                default -> throw new BatchFileException(file + ": is neither .npz nor a JSON object");
            };
        } catch (IOException e) {
            throw BatchFileException.of(file, "cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new BatchFileException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The first byte that is no JSON white space, or −1; leaves the stream in front of it. */
    private static int firstByte(InputStream in) throws IOException {
        int first;
        do {
            in.mark(1);
            first = in.read();
        } while (first == ' ' || first == '\n' || first == '\r' || first == '\t');
        in.reset();
        return first;
    }

    /**
     * Writes a batch as {@code .npz}, time-major and with padded targets, whatever its own layout; a file of that
     * name is replaced at once and only when the new one is complete.
     *
     * @throws BatchFileException if the file cannot be written
     */
    public static void write(Path file, CtcBatch batch) throws BatchFileException {
        NpzBatch.write(file, batch);
    }
}
