package io.github.tornadoctc.io;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads batches from {@code .npz}, {@code .safetensors} and JSON, and writes them as {@code .npz}. The first bytes of a
 * file tell its format, whatever its name; {@code docs/formats.md} describes all three. A batch has
 *
 * <ul>
 *   <li>{@code logits} or {@code log_probs}, [T][B][V] or [T][V] for one utterance: scores. The batch has them as they are
 *       in the file, float32, float16 or bfloat16, and float64 narrowed; {@link CtcBatch#inFloat32} widens them;
 *   <li>{@code input_lengths} [B], all T unless given;
 *   <li>{@code targets}, padded to [B][Umax], 1-D concatenated, or in JSON rows of any length, and {@code target_lengths}
 *       [B], which are needed unless padding is −1 or −100;
 *   <li>{@code blank}, 0 unless given, {@code layout}, the text {@code TBV} or {@code BTV}, {@code scores}, the text
 *       {@code logits} or {@code log-probs}, and {@code comment}, which may be anything.
 * </ul>
 *
 * Names are in snake or in camel case; others are refused. JSON and {@code .safetensors} need {@code jackson-core} on the
 * class path.
 */
public final class BatchFile {
    private BatchFile() {}

    /**
     * Reads a batch of logits; {@link #load} is for batches whose scores may be something else.
     *
     * @throws BatchFileException if the file cannot be read or holds no valid batch, or says that its scores are
     *     log-probabilities, which a batch alone would not tell
     */
    public static CtcBatch read(Path file) throws BatchFileException {
        LoadedBatch loaded = load(file, ReadOptions.defaults());
        if (loaded.scores() != Scores.LOGITS) {
            throw new BatchFileException(file + ": its scores are log-probabilities; BatchFile.load reads such files");
        }
        return loaded.batch();
    }

    /**
     * Reads a batch, and what its scores are. What is no regular file, such as a pipe, is read to its end.
     *
     * @throws BatchFileException if the file cannot be read or holds no valid batch
     */
    public static LoadedBatch load(Path file, ReadOptions options) throws BatchFileException {
        if (Files.isDirectory(file)) {
            throw new BatchFileException(file + ": is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return load(in, Files.isRegularFile(file) ? file : null, file.toString(), options);
        } catch (IOException e) {
            throw BatchFileException.of(file, "cannot be read", e);
        }
    }

    /**
     * Reads a batch from a stream to its end, and leaves it open. What is not JSON is copied to a temporary file
     * meanwhile.
     *
     * @param name what messages call it
     * @throws BatchFileException if it cannot be read or holds no valid batch
     */
    public static LoadedBatch load(InputStream in, String name, ReadOptions options) throws BatchFileException {
        try {
            return load(in, null, name, options);
        } catch (IOException e) {
            throw BatchFileException.of(name, "cannot be read", e);
        }
    }

    private static LoadedBatch load(InputStream in, @Nullable Path regular, String name, ReadOptions options)
            throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        try {
            return switch (BatchFormat.of(buffered)) {
                case JSON -> JsonBatch.read(buffered, name, options);
                case NPZ ->
                    fromFile(buffered, regular, path -> {
                        try (NpzFile npz = NpzFile.open(path, name)) {
                            return ArrayBatch.read(new NpzArrays(npz), name, options);
                        }
                    });
                case SAFETENSORS ->
                    fromFile(buffered, regular, path -> {
                        try (SafetensorsFile tensors = SafetensorsFile.open(path, name)) {
                            return ArrayBatch.read(tensors, name, options);
                        }
                    });
                case NPY ->
                    throw new BatchFileException(
                            name + ": is a single array; a batch is several, which numpy.savez writes into one .npz");
                case EMPTY -> throw new BatchFileException(name + ": is empty");
                case OTHER ->
                    throw new BatchFileException(name + ": is neither .npz nor .safetensors nor a JSON object");
            };
        } catch (IllegalArgumentException e) {
            throw new BatchFileException("%s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Reads a file that has to be gone to and fro in. */
    private interface Reader {
        LoadedBatch read(Path file) throws IOException;
    }

    private static LoadedBatch fromFile(InputStream in, @Nullable Path regular, Reader reader) throws IOException {
        if (regular != null) {
            return reader.read(regular);
        }
        Path copy = Files.createTempFile("ctc-batch", null);
        try {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return reader.read(copy);
        } finally {
            Files.deleteIfExists(copy);
        }
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
