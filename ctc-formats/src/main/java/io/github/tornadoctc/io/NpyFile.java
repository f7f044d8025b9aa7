package io.github.tornadoctc.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes {@code .npy} files, as {@code numpy.save} writes and {@code numpy.load} reads them. */
public final class NpyFile {
    /** Bytes read or written at a time; a multiple of every element's size. */
    private static final int CHUNK = 1 << 16;

    private NpyFile() {}

    /**
     * Reads an array.
     *
     * @throws BatchFileException if the file cannot be read, or holds no array of a supported type in C order
     */
    public static NpyArray read(Path file) throws BatchFileException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, Files.size(file), file.toString());
        } catch (IOException e) {
            throw BatchFileException.of(file, "cannot be read", e);
        }
    }

    /**
     * Writes an array; a file of that name is replaced at once and only when the new one is complete.
     *
     * @throws BatchFileException if the file cannot be written
     */
    public static void write(Path file, NpyArray array) throws BatchFileException {
        AtomicFile.write(file, out -> write(out, array));
    }

    /**
     * Reads an array and the end of the stream behind it.
     *
     * @param most the most bytes that the stream can have, from what is known of its file: an array that claims more
     *     is refused before memory is allocated for it
     * @param where the file and the array, for messages
     */
    static NpyArray read(InputStream in, long most, String where) throws IOException {
        return read(in, most, where, ByteOrder.nativeOrder());
    }

    /** The same for a machine of that byte order. */
    static NpyArray read(InputStream in, long most, String where, ByteOrder machine) throws IOException {
        NpyHeader header = NpyHeader.read(in, where);
        long bytes = header.dataBytes();
        if (bytes > most) {
            throw new BatchFileException("%s: is truncated: shape = %s takes %d bytes, more than the file can hold"
                    .formatted(where, NpyHeader.shapeText(header.shape()), bytes));
        }
        NpyArray array = NpyArray.allocate(header.type(), header.shape());
        byte[] chunk = new byte[(int) Math.min(CHUNK, bytes)];
        for (long at = 0; at < bytes; ) {
            int read = in.readNBytes(chunk, 0, (int) Math.min(chunk.length, bytes - at));
            if (read == 0) {
                throw new BatchFileException("%s: is truncated: shape = %s takes %d bytes, but there are %d"
                        .formatted(where, array.shapeText(), bytes, at));
            }
            reorder(chunk, read, array.type().bytes(), machine);
            MemorySegment.copy(chunk, 0, array.data(), ValueLayout.JAVA_BYTE, at, read);
            at += read;
        }
        if (in.read() >= 0) {
            throw new BatchFileException(
                    "%s: has more than the %d bytes that shape = %s takes".formatted(where, bytes, array.shapeText()));
        }
        return array;
    }

    static void write(OutputStream out, NpyArray array) throws IOException {
        write(out, array, ByteOrder.nativeOrder());
    }

    /** The same for a machine of that byte order. */
    static void write(OutputStream out, NpyArray array, ByteOrder machine) throws IOException {
        out.write(new NpyHeader(array.type(), array.shape()).encode());
        long bytes = array.data().byteSize();
        byte[] chunk = new byte[(int) Math.min(CHUNK, bytes)];
        for (long at = 0; at < bytes; ) {
            int length = (int) Math.min(chunk.length, bytes - at);
            MemorySegment.copy(array.data(), ValueLayout.JAVA_BYTE, at, chunk, 0, length);
            reorder(chunk, length, array.type().bytes(), machine);
            out.write(chunk, 0, length);
            at += length;
        }
    }

    /** Turns the bytes of each element round if the machine's order is not the files', which is little endian. */
    private static void reorder(byte[] chunk, int length, int elementBytes, ByteOrder machine) {
        if (machine == ByteOrder.LITTLE_ENDIAN) {
            return;
        }
        for (int element = 0; element + elementBytes <= length; element += elementBytes) {
            for (int i = 0; i < elementBytes / 2; i++) {
                int low = element + i;
                int high = element + elementBytes - 1 - i;
                byte swapped = chunk[low];
                chunk[low] = chunk[high];
                chunk[high] = swapped;
            }
        }
    }
}
