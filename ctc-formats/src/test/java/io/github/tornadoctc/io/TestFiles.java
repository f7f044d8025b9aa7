package io.github.tornadoctc.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Files made by NumPy, and bytes made by hand, so that they can be wrong.
 *
 * <p>The files among the test resources were made by {@code make_fixtures.py} beside them.
 */
final class TestFiles {
    private TestFiles() {}

    /** Copies a file that NumPy made to a directory. */
    static Path fixture(String name, Path directory) throws IOException {
        Path copy = directory.resolve(name.substring(name.lastIndexOf('/') + 1));
        try (InputStream in = Objects.requireNonNull(TestFiles.class.getResourceAsStream(name))) {
            Files.copy(in, copy);
        }
        return copy;
    }

    /** A .npy file of version 1 with the header as it is given. */
    static byte[] npyWithHeader(String header, byte... data) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) text.length)
                .put(text)
                .put(data)
                .array();
    }

    static byte[] npy(String descr, String shape, byte... data) {
        return npyWithHeader("{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(descr, shape), data);
    }

    static byte[] floats(String shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putFloat(value);
        }
        return npy("<f4", shape, data.array());
    }

    static byte[] ints(String shape, int... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            data.putInt(value);
        }
        return npy("<i4", shape, data.array());
    }

    static byte[] longs(String shape, long... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            data.putLong(value);
        }
        return npy("<i8", shape, data.array());
    }

    /** A valid batch, T=2, B=2, V=3, to be made wrong: the arrays by name. */
    static Map<String, byte[]> batchArrays() {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("logits", floats("(2, 2, 3)", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        arrays.put("input_lengths", ints("(2,)", 2, 1));
        arrays.put("targets", ints("(2, 2)", 1, 2, 1, 0));
        arrays.put("target_lengths", ints("(2,)", 2, 1));
        return arrays;
    }

    static byte[] npz(Map<String, byte[]> arrays) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        arrays.forEach((name, array) -> entries.put(name + ".npy", array));
        return zip(entries);
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
