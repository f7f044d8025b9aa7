package io.github.tornadoctc.io.fuzz;

import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads any bytes as {@code .npy}. */
public final class NpyTarget {
    /** The elements, off-heap, and nothing for more elements than there are; of the header several copies. */
    static final Memory MOST = new Memory(32, 1);

    private NpyTarget() {}

    /** The fuzzer's entry. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        NpyArray array = CheckedRead.read(CheckedRead.file(bytes), MOST, NpyFile::read);
        if (array == null) {
            return;
        }
        Path again = CheckedRead.scratch("again");
        NpyFile.write(again, array);
        NpyArray read = NpyFile.read(again);
        if (read.type() != array.type()
                || !Arrays.equals(read.shape(), array.shape())
                || read.data().mismatch(array.data()) >= 0) {
            throw new AssertionError("not the same when it is written and read again");
        }
    }
}
