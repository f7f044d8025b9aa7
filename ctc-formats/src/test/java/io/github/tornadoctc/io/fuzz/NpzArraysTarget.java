package io.github.tornadoctc.io.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Reads a batch of a good {@code .npz} file whose arrays are any bytes, which a fuzzer of whole files rarely gets to,
 * for the checksums. The input is a byte, odd if the arrays are to be compressed, and the {@code .npy} files in the
 * order of {@link #NAMES}, one after the other: each begins where NumPy's magic is.
 */
public final class NpzArraysTarget {
    private static final List<String> NAMES =
            List.of("logits", "input_lengths", "targets", "target_lengths", "blank", "layout", "scores", "other");
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** Where nothing is compressed, nothing takes more off-heap than it does in the file, and float32 of 64 bits half of that again. */
    private static final Memory MOST_STORED = new Memory(32, 2);

    private NpzArraysTarget() {}

    /** The fuzzer's entry. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            boolean compressed = bytes[0] % 2 != 0;
            CheckedBatch.read(CheckedRead.file(npz(bytes, compressed)), compressed ? NpzTarget.MOST : MOST_STORED);
        }
    }

    private static byte[] npz(byte[] bytes, boolean compressed) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            int from = 1;
            for (String name : NAMES) {
                if (from == bytes.length) {
                    break;
                }
                int to = end(bytes, from);
                put(zip, name, Arrays.copyOfRange(bytes, from, to), compressed);
                from = to;
            }
        }
        return file.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] npy, boolean compressed) throws IOException {
        ZipEntry entry = new ZipEntry(name + ".npy");
        if (!compressed) {
            CRC32 crc = new CRC32();
            crc.update(npy);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(npy.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(npy);
        zip.closeEntry();
    }

    /** Where the next array begins, or the end. */
    private static int end(byte[] bytes, int from) {
        for (int at = from + 1; at <= bytes.length - MAGIC.length; at++) {
            if (Arrays.equals(bytes, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)) {
                return at;
            }
        }
        return bytes.length;
    }
}
