package io.github.tornadoctc.io.fuzz;

import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.NpzFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Reads any bytes as {@code .npz}: a batch of it, and its arrays one by one. */
public final class NpzTarget {
    /** DEFLATE makes at most 1032 bytes of one. */
    private static final long INFLATED = 1032;
    /**
     * Nothing keeps the entries of a zip apart, so each of a batch's five arrays can be the whole file, and the scores, of
     * 64 bits, are narrowed to 32. Three are integers, which may have one byte and are copied to the heap twice as four.
     */
    static final Memory MOST = new Memory(3 * 8 * INFLATED, 6 * INFLATED);

    private static final Memory MOST_OF_AN_ARRAY = new Memory(INFLATED, INFLATED);
    /** A zip can have many, each read in the time that the whole takes. */
    private static final int ARRAYS = 8;

    private NpzTarget() {}

    /** The fuzzer's entry. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Path file = CheckedRead.file(bytes);
        if (bytes.length > 0 && bytes[0] == 'P') {
            CheckedBatch.read(file, MOST);
        }
        Set<String> names = CheckedRead.read(file, MOST_OF_AN_ARRAY, NpzTarget::names);
        if (names != null) {
            names.stream().limit(ARRAYS).forEach(name -> readArray(file, name));
        }
    }

    private static Set<String> names(Path file) throws BatchFileException {
        try (NpzFile npz = NpzFile.open(file)) {
            return npz.names();
        }
    }

    private static void readArray(Path file, String name) {
        CheckedRead.read(file, MOST_OF_AN_ARRAY, path -> {
            try (NpzFile npz = NpzFile.open(path)) {
                return npz.read(name);
            }
        });
    }
}
