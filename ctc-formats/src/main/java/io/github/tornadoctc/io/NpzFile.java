package io.github.tornadoctc.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A {@code .npz} file: named arrays in a zip, as {@code numpy.savez} and {@code numpy.savez_compressed} write them.
 * Arrays are read one by one, when asked for.
 */
public final class NpzFile implements AutoCloseable {
    private static final String SUFFIX = ".npy";
    /** No deflated byte can stand for more: a match is 258 bytes long and takes two bits. */
    private static final long LARGEST_DEFLATE_RATIO = 1032;
    /** What NumPy writes, so that the same arrays make the same file. */
    private static final LocalDateTime TIMESTAMP = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** What messages call it. */
    private final String file;

    private final long fileBytes;
    private final ZipFile zip;
    private final Set<String> names = new TreeSet<>();

    private NpzFile(Path path, String file) throws IOException {
        this.file = file;
        this.fileBytes = Files.size(path);
        this.zip = new ZipFile(path.toFile());
        zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(SUFFIX))
                .forEach(name -> names.add(name.substring(0, name.length() - SUFFIX.length())));
    }

    /**
     * Opens a file.
     *
     * @throws BatchFileException if there is none, or it is no zip
     */
    public static NpzFile open(Path file) throws BatchFileException {
        return open(file, file.toString());
    }

    /** The same, for a file whose messages are to have another name. */
    static NpzFile open(Path file, String name) throws BatchFileException {
        try {
            return new NpzFile(file, name);
        } catch (IOException e) {
            throw BatchFileException.of(name, "cannot be read as .npz", e);
        }
    }

    /** The names of the arrays, sorted. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** Whether there is an array of that name. */
    public boolean has(String name) {
        return names.contains(name);
    }

    /**
     * Reads an array.
     *
     * @throws BatchFileException if there is none of that name, it is damaged, or not of a supported type
     */
    public NpyArray read(String name) throws BatchFileException {
        return read(name, NpyFile::readStream);
    }

    /** Reads what an array's stream, of so many bytes at most, has for a name. */
    interface Reader<T> {
        T read(InputStream in, long most, String where) throws IOException;
    }

    <T> T read(String name, Reader<T> reader) throws BatchFileException {
        String where = "%s: %s".formatted(file, name);
        ZipEntry entry = zip.getEntry(name + SUFFIX);
        if (entry == null) {
            throw new BatchFileException(
                    "%s is missing; the arrays in the file are %s".formatted(where, String.join(", ", names)));
        }
        long stored = Math.min(entry.getCompressedSize(), fileBytes);
        long most = entry.getMethod() == ZipEntry.STORED ? stored : stored * LARGEST_DEFLATE_RATIO;
        // ZipFile does not compare the checksum itself
        try (InputStream raw = zip.getInputStream(entry);
                CheckedInputStream in = new CheckedInputStream(raw, new CRC32())) {
            T read = reader.read(in, most, where);
            // what is read in part is looked at in full later
            if (in.read() < 0 && in.getChecksum().getValue() != entry.getCrc()) {
                throw new BatchFileException(where + ": is damaged: its checksum does not match");
            }
            return read;
        } catch (IOException e) {
            throw BatchFileException.of(where, "cannot be read", e);
        }
    }

    /** Whether it is a file that PyTorch's {@code torch.save} wrote, which is a zip too. */
    boolean isOfPyTorch() {
        return zip.stream().anyMatch(entry -> entry.getName().endsWith("/data.pkl"));
    }

    @Override
    public void close() throws BatchFileException {
        try {
            zip.close();
        } catch (IOException e) {
            throw BatchFileException.of(file, "cannot be closed", e);
        }
    }

    /**
     * Writes arrays, not compressed, in the order of the map; a file of that name is replaced at once and only when the
     * new one is complete. The same arrays make the same bytes.
     *
     * @throws BatchFileException if the file cannot be written
     */
    public static void write(Path file, Map<String, NpyArray> arrays) throws BatchFileException {
        AtomicFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            // as numpy.savez does: scores hardly become smaller, and that takes longer than all else
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
                ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
                entry.setTimeLocal(TIMESTAMP);
                zip.putNextEntry(entry);
                NpyFile.write(zip, array.getValue());
            }
            zip.finish();
        });
    }
}
