package io.github.tornadoctc.io.fuzz;

import java.io.IOException;

/** Reads any bytes as a batch in a {@code .safetensors} file. */
public final class SafetensorsTarget {
    /** Off-heap the tensors, each once, and float32 of scores that have 64 bits. Of the header as of JSON. */
    private static final Memory MOST = new Memory(64, 2);

    private SafetensorsTarget() {}

    /** The fuzzer's entry. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        if (bytes.length > Long.BYTES && bytes[Long.BYTES] == '{') {
            CheckedBatch.read(CheckedRead.file(bytes), MOST);
        }
    }
}
