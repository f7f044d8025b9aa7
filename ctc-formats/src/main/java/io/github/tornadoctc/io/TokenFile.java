package io.github.tornadoctc.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of token files that {@link Tokens#read} reads. */
final class TokenFile {
    /** The token may be a space, or contain one: only the last blanks and the number are not part of it. */
    private static final Pattern TOKEN_AND_NUMBER = Pattern.compile("(.*?)[ \t]+(\\d+)[ \t]*", Pattern.DOTALL);

    /** A line of SentencePiece's {@code .vocab} files, whose second column is a score and not a number of the token. */
    private static final Pattern TOKEN_AND_SCORE =
            Pattern.compile("(.+)\t-?\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?", Pattern.DOTALL);

    /** So that a number fits an int; no table has a billion tokens. */
    private static final int MOST_DIGITS = 9;

    private TokenFile() {}

    /**
     * A token with its number.
     *
     * @param line where it is, counted from 1, or 0 where lines say nothing
     */
    record Entry(String token, int number, int line) {}

    static List<String> read(Path file) throws BatchFileException {
        String text = TextFile.read(file);
        // by both ends: a brace is a token, too, of tables of characters
        String stripped = text.strip();
        if (stripped.startsWith("{") && stripped.endsWith("}")) {
            return arrange(file, JsonTokens.read(file, text));
        }
        List<String> lines = TextFile.lines(text);
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        if (lines.isEmpty()) {
            throw new BatchFileException(file + ": has no tokens");
        }
        boolean numbered = TOKEN_AND_NUMBER.matcher(lines.get(0)).matches();
        if (all(lines, TOKEN_AND_SCORE) && !all(lines, TOKEN_AND_NUMBER)) {
            return arrange(file, inOrder(lines, line -> line.substring(0, line.lastIndexOf('\t'))));
        }
        return arrange(file, numbered ? numbered(file, lines) : inOrder(lines, line -> line));
    }

    /** Tokens whose numbers are the order of their lines. */
    private static List<Entry> inOrder(List<String> lines, UnaryOperator<String> token) {
        List<Entry> entries = new ArrayList<>();
        for (String line : lines) {
            entries.add(new Entry(token.apply(line), entries.size(), entries.size() + 1));
        }
        return entries;
    }

    private static boolean all(List<String> lines, Pattern pattern) {
        return lines.stream().allMatch(line -> pattern.matcher(line).matches());
    }

    private static List<Entry> numbered(Path file, List<String> lines) throws BatchFileException {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher parts = TOKEN_AND_NUMBER.matcher(lines.get(i));
            if (!parts.matches()) {
                throw error(
                        file,
                        i + 1,
                        "\"%s\" is not a token and its number, as line 1 is"
                                .formatted(JsonValues.shortened(lines.get(i))));
            }
            String digits = parts.group(2);
            int number = digits.length() > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
            // a space as a token is a blank among blanks
            entries.add(new Entry(parts.group(1).isEmpty() ? " " : parts.group(1), number, i + 1));
        }
        return entries;
    }

    /**
     * Refuses a token that is there twice: a text would not say which of its symbols is meant, and in a list without numbers
     * a line too many shifts all that follow.
     */
    private static void checkUnique(Path file, List<Entry> entries) throws BatchFileException {
        Map<String, Entry> byToken = new HashMap<>();
        for (Entry entry : entries) {
            Entry before = byToken.putIfAbsent(entry.token, entry);
            if (before != null) {
                throw error(
                        file,
                        entry.line,
                        "token \"%s\" is there twice, %s; each symbol needs a token of its own"
                                .formatted(
                                        JsonValues.shortened(entry.token),
                                        entry.line == 0
                                                ? "with the numbers %d and %d".formatted(before.number, entry.number)
                                                : "in line %d before".formatted(before.line)));
            }
        }
    }

    /** Tokens in the order of their numbers, which are all of 0 … n − 1, no token twice. */
    private static List<String> arrange(Path file, List<Entry> entries) throws BatchFileException {
        checkUnique(file, entries);
        @Nullable Entry[] byNumber = new Entry[entries.size()];
        for (Entry entry : entries) {
            String shown = JsonValues.shortened(entry.token);
            if (entry.number < 0 || entry.number >= byNumber.length) {
                throw error(
                        file,
                        entry.line,
                        "the number of token \"%s\" is not between 0 and %d, but there are %d tokens"
                                .formatted(shown, byNumber.length - 1, byNumber.length));
            }
            Entry other = byNumber[entry.number];
            if (other != null) {
                throw error(
                        file,
                        entry.line,
                        "token \"%s\" has the number %d, which is that of \"%s\""
                                .formatted(shown, entry.number, JsonValues.shortened(other.token)));
            }
            byNumber[entry.number] = entry;
        }
        List<String> tokens = new ArrayList<>();
        for (Entry entry : byNumber) {
            // as many entries as numbers, and none of them twice
            tokens.add(Objects.requireNonNull(entry).token);
        }
        return tokens;
    }

    private static BatchFileException error(Path file, int line, String what) {
        return new BatchFileException("%s: %s%s".formatted(file, line == 0 ? "" : "line %d: ".formatted(line), what));
    }
}
