package io.github.tornadoctc.io.fuzz;

import io.github.tornadoctc.io.ArpaFile;
import java.io.IOException;
import java.nio.file.Files;

/** Reads any bytes as an ARPA file. */
public final class ArpaTarget {
    /** "0 a\n": for a line of four bytes a string, its fields, an entry of a map, and room in arrays that grow. */
    static final Memory MOST = new Memory(512, 4);

    private ArpaTarget() {}

    /** The fuzzer's entry. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        ArpaFile arpa = CheckedRead.read(CheckedRead.file(bytes), MOST, ArpaFile::read);
        if (arpa == null) {
            return;
        }
        ArpaFile again = ArpaFile.read(Files.writeString(CheckedRead.scratch("again"), text(arpa)));
        if (!text(again).equals(text(arpa))) {
            throw new AssertionError("not the same when it is written and read again");
        }
    }

    private static String text(ArpaFile arpa) {
        StringBuilder text = new StringBuilder("\\data\\\n");
        for (int n = 1; n <= arpa.order(); n++) {
            text.append("ngram %d=%d%n".formatted(n, arpa.count(n)));
        }
        for (int n = 1; n <= arpa.order(); n++) {
            text.append("\\%d-grams:%n".formatted(n));
            for (int i = 0; i < arpa.count(n); i++) {
                text.append(number(arpa.logProbability(n, i)))
                        .append(' ')
                        .append(arpa.text(n, i))
                        .append(' ')
                        .append(number(arpa.backOff(n, i)))
                        .append('\n');
            }
        }
        return text.append("\\end\\\n").toString();
    }

    private static String number(float value) {
        return Float.isInfinite(value) ? "-inf" : Float.toString(value);
    }
}
