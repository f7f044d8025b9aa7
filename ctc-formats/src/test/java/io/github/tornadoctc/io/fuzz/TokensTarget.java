package io.github.tornadoctc.io.fuzz;

import io.github.tornadoctc.io.Tokens;
import java.io.IOException;
import java.nio.file.Files;

/** Reads any bytes as a table of tokens. */
public final class TokensTarget {
    /** "a\n": a line of two bytes is a string, a token, its piece, and a place in several lists. */
    static final Memory MOST = new Memory(512, 4);

    /** What can be a token before a number: no end of a line, no blank before the number, no byte order mark. */
    private static final String LINE = "(?s)(?!\uFEFF)[^\n\r]*[^\n\r \t]";

    private TokensTarget() {}

    /** The fuzzer's entry. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Tokens tokens = CheckedRead.read(CheckedRead.file(bytes), MOST, Tokens::read);
        if (tokens == null) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (int symbol = 0; symbol < tokens.size(); symbol++) {
            if (!tokens.token(symbol).matches(LINE)) {
                return;
            }
            lines.append(tokens.token(symbol)).append(' ').append(symbol).append('\n');
        }
        Tokens again = Tokens.read(Files.writeString(CheckedRead.scratch("again"), lines));
        for (int symbol = 0; symbol < tokens.size(); symbol++) {
            if (!again.token(symbol).equals(tokens.token(symbol))
                    || !again.text(symbol).equals(tokens.text(symbol))) {
                throw new AssertionError("not the same when it is written and read again");
            }
        }
    }
}
