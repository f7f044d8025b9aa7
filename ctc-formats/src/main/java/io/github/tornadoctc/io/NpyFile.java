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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes {@code .npy} files, as {@code numpy.save} writes and {@code numpy.load} reads them. */
public final class NpyFile {
    /** Bytes read or written at a time; a multiple of every element's size. */
    private static final int CHUNK = 1 << 16;

    private static final Logger LOG = LoggerFactory.getLogger(NpyFile.class);

    private NpyFile() {}

    /**
     * Reads an array.
     *
     * @throws BatchFileException if the file cannot be read, or holds no array of a supported type
     */
    public static NpyArray read(Path file) throws BatchFileException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return readStream(in, Files.size(file), file.toString());
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
     * @throws BatchFileException if the stream holds no array of a supported type
     */
    public static NpyArray readStream(InputStream in, long most, String where) throws IOException {
        return read(in, most, where, ByteOrder.nativeOrder());
    }

    /** The same for a machine of that byte order. */
    static NpyArray read(InputStream in, long most, String where, ByteOrder machine) throws IOException {
        NpyHeader header = NpyHeader.read(in, where);
        NpyType type = header.type(where);
        long bytes = NpyArray.elements(header.shape()) * type.bytes();
        if (bytes > most) {
            throw new BatchFileException("%s: is truncated: shape = %s takes %d bytes, more than the file can hold"
                    .formatted(where, NpyHeader.shapeText(header.shape()), bytes));
        }
        NpyArray array = NpyArray.allocate(type, header.shape());
        Elements elements = header.isFortranOrder() ? new FortranOrder(array) : inCOrder(array);
        logConversion(header, type, where);
        readElements(in, elements, array, header.order(), machine, where);
        if (in.read() >= 0) {
            throw new BatchFileException(
                    "%s: has more than the %d bytes that shape = %s takes".formatted(where, bytes, array.shapeText()));
        }
        return array;
    }

    /** Fills an array with elements in C order and little endian. */
    static NpyArray readData(InputStream in, NpyArray array, String where) throws IOException {
        readElements(in, inCOrder(array), array, ByteOrder.LITTLE_ENDIAN, ByteOrder.nativeOrder(), where);
        return array;
    }

    private static Elements inCOrder(NpyArray array) {
        return (chunk, at, length) -> MemorySegment.copy(chunk, 0, array.data(), ValueLayout.JAVA_BYTE, at, length);
    }

    private static void readElements(
            InputStream in, Elements elements, NpyArray array, ByteOrder file, ByteOrder machine, String where)
            throws IOException {
        NpyType type = array.type();
        long bytes = array.data().byteSize();
        byte[] chunk = new byte[(int) Math.min(CHUNK, bytes)];
        for (long at = 0; at < bytes; ) {
            int read = in.readNBytes(chunk, 0, (int) Math.min(chunk.length, bytes - at));
            // a last piece of an element is none
            if (read < type.bytes()) {
                throw new BatchFileException("%s: is truncated: shape = %s takes %d bytes, but there are %d"
                        .formatted(where, array.shapeText(), bytes, at + read));
            }
            reorder(chunk, read, type.bytes(), file, machine);
            elements.put(chunk, at, read);
            at += read;
        }
    }

    /** Takes elements in the order of a file. */
    interface Elements {
        /** Takes the first so many bytes, which are those at {@code at} in the file. */
        void put(byte[] chunk, long at, int length);
    }

    private static void logConversion(NpyHeader header, NpyType type, String where) {
        if (header.isFortranOrder()) {
            LOG.info("{}: is in Fortran order, and copied to C order", where);
        }
        if (type.bytes() > 1 && header.order() == ByteOrder.BIG_ENDIAN) {
            LOG.info("{}: is big endian, and its bytes are turned round", where);
        }
    }

    /**
     * Writes an array to a stream, and leaves it open.
     *
     * @throws IOException if the stream does not take it
     */
    public static void write(OutputStream out, NpyArray array) throws IOException {
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
            reorder(chunk, length, array.type().bytes(), ByteOrder.LITTLE_ENDIAN, machine);
            out.write(chunk, 0, length);
            at += length;
        }
    }

    /** Turns the bytes of each element round if the machine's order is not the file's. */
    static void reorder(byte[] chunk, int length, int elementBytes, ByteOrder file, ByteOrder machine) {
        if (machine == file) {
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
