package io.github.tornadoctc.io.fuzz;

import java.io.IOException;

/** Reads any bytes as a batch in JSON. */
public final class JsonTarget {
    /** "[],": a row of labels is an object for three bytes of the file; "1,": a number is a string for two. */
    static final Memory MOST = new Memory(64, 4);

    private JsonTarget() {}

    /** The fuzzer's entry. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        if (bytes.length > 0 && bytes[0] != 'P') {
            CheckedBatch.read(CheckedRead.file(bytes), MOST);
        }
    }
}
