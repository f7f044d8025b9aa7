package io.github.tornadoctc.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an ARPA file line by line: {@code \data\} with the counts, the n-grams of each n, {@code \end\}. */
final class ArpaReader {
    private static final String DATA = "\\data\\";
    private static final String END = "\\end\\";
    private static final Pattern COUNT = Pattern.compile("ngram[ \t]+(\\d{1,9})[ \t]*=[ \t]*(\\d{1,18})");
    private static final Pattern SECTION = Pattern.compile("\\\\(\\d{1,9})-grams:");

    /** No model in use has longer ones, and each takes room before there is an n-gram. */
    private static final int MOST_ORDERS = 99;

    private final Path file;
    private final BufferedReader reader;
    private final List<Long> counts = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<NGrams> orders = new ArrayList<>();
    private int lineNumber;
    private @Nullable String line;

    ArpaReader(Path file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
    }

    ArpaFile read() throws IOException {
        do {
            next();
            if (line == null) {
                throw new BatchFileException(
                        "%s: has no line %s, so it is not in the ARPA format".formatted(file, DATA));
            }
        } while (!line.equals(DATA));
        readCounts();
        for (int n = 1; n <= counts.size(); n++) {
            readSection(n);
        }
        expect(END);
        return new ArpaFile(words, orders);
    }

    private void readCounts() throws IOException {
        nextWithText();
        for (Matcher count = COUNT.matcher(line()); count.matches(); count = COUNT.matcher(line())) {
            if (!count.group(1).equals(Integer.toString(counts.size() + 1)) || counts.size() == MOST_ORDERS) {
                throw error("\"%s\" where the number of %d-grams is expected".formatted(shown(), counts.size() + 1));
            }
            counts.add(Long.parseLong(count.group(2)));
            nextWithText();
        }
        if (counts.isEmpty()) {
            throw error("\"%s\" where \"ngram 1=\" and a number are expected".formatted(shown()));
        }
    }

    /** The line of its name is the current one, and afterwards the one that comes next. */
    private void readSection(int n) throws IOException {
        expect("\\%d-grams:".formatted(n));
        NGrams grams = new NGrams(n);
        for (nextWithText(); !isHeading(); nextWithText()) {
            readNGram(n, grams);
        }
        if (grams.count() != counts.get(n - 1)) {
            throw error("there are %d %d-grams, but %d are said to be".formatted(grams.count(), n, counts.get(n - 1)));
        }
        orders.add(grams);
    }

    /** A word may begin with a backslash, but not a line of n-grams, which begins with a number. */
    private boolean isHeading() throws BatchFileException {
        String text = line();
        return text.equals(END) || SECTION.matcher(text).matches();
    }

    private void readNGram(int n, NGrams grams) throws BatchFileException {
        StringTokenizer fields = new StringTokenizer(line(), " \t");
        int count = fields.countTokens();
        if (count != n + 1 && count != n + 2) {
            throw error("\"%s\" is not a logarithm, the words of a %d-gram, and perhaps a back-off weight"
                    .formatted(shown(), n));
        }
        float logProbability = number(fields.nextToken());
        if (logProbability > 0) {
            throw error("the logarithm of a probability is %s, which is not 0 or less".formatted(logProbability));
        }
        int[] gram = new int[n];
        for (int k = 0; k < n; k++) {
            gram[k] = n == 1 ? addWord(fields.nextToken()) : word(fields.nextToken());
        }
        float backOff = count == n + 2 ? number(fields.nextToken()) : 0;
        if (!grams.add(gram, logProbability, backOff)) {
            throw error("there are more %d-grams than can be read".formatted(n));
        }
    }

    private int addWord(String word) throws BatchFileException {
        int number = words.size();
        if (numbers.putIfAbsent(word, number) != null) {
            throw error("the 1-gram \"%s\" is there twice".formatted(JsonValues.shortened(word)));
        }
        words.add(word);
        return number;
    }

    private int word(String word) throws BatchFileException {
        Integer number = numbers.get(word);
        if (number == null) {
            throw error("the word \"%s\" is not among the 1-grams".formatted(JsonValues.shortened(word)));
        }
        return number;
    }

    private float number(String field) throws BatchFileException {
        if (field.equals("-inf")) {
            return Float.NEGATIVE_INFINITY;
        }
        try {
            float value = Float.parseFloat(field);
            if (Float.isFinite(value) && Character.isDigit(field.charAt(field.length() - 1))) {
                return value;
            }
        } catch (NumberFormatException e) {
            // as a number that is not finite, and as what Java alone takes for a number, such as 1f
        }
        throw error("\"%s\" is not a number".formatted(JsonValues.shortened(field)));
    }

    private void expect(String heading) throws BatchFileException {
        if (!line().equals(heading)) {
            throw error("\"%s\" where %s is expected".formatted(shown(), heading));
        }
    }

    private void next() throws IOException {
        line = reader.readLine();
        lineNumber++;
        // a blank at the end is nothing to tell headings apart by
        line = line == null ? null : line.stripTrailing();
    }

    private void nextWithText() throws IOException {
        do {
            next();
        } while (line != null && line.isEmpty());
        line();
    }

    private String line() throws BatchFileException {
        if (line == null) {
            throw new BatchFileException("%s: ends before %s".formatted(file, END));
        }
        return line;
    }

    private String shown() throws BatchFileException {
        return JsonValues.shortened(line());
    }

    private BatchFileException error(String what) {
        return new BatchFileException("%s: line %d: %s".formatted(file, lineNumber, what));
    }
}
