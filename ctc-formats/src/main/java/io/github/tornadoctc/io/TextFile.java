package io.github.tornadoctc.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of text in UTF-8: tokens, words, transcripts. */
public final class TextFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /**
     * The lines of a file, without what ends them, which is a line feed with or without a carriage return before it and
     * nothing else: some tables of tokens have a line separator of Unicode's for a token. A byte order mark is left out.
     *
     * @throws BatchFileException if the file cannot be read, or is not UTF-8
     */
    public static List<String> lines(Path file) throws BatchFileException {
        return lines(read(file));
    }

    /** The text of a file. */
    static String read(Path file) throws BatchFileException {
        if (Files.isDirectory(file)) {
            throw new BatchFileException(file + ": is a directory");
        }
        try {
            // a decoder by itself refuses what is malformed, which the constructors of String replace
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BatchFileException(file + ": is not UTF-8 text", e);
        } catch (IOException e) {
            throw BatchFileException.of(file, "cannot be read", e);
        }
    }

    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(withoutReturn(text.substring(from, end)));
            from = end + 1;
        }
        if (from < text.length()) {
            lines.add(withoutReturn(text.substring(from)));
        }
        return lines;
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
