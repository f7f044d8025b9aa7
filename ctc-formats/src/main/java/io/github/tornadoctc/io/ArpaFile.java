package io.github.tornadoctc.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The n-grams of a file in the ARPA format, in the file's order, which is that of <i>ngram-format(5)</i> of SRILM and what
 * KenLM's {@code lmplz} writes. Logarithms are to the base 10, as in the file. Words are numbered in the order of the
 * 1-grams.
 *
 * <p>A file is refused, with the line, where a number of n-grams is not what its header says, a word is no 1-gram, or its
 * end is missing: a file that has been cut off is not taken for a smaller one.
 */
public final class ArpaFile {
    private final List<String> words;
    private final List<NGrams> orders;

    ArpaFile(List<String> words, List<NGrams> orders) {
        this.words = List.copyOf(words);
        this.orders = orders;
    }

    /**
     * Reads a file.
     *
     * @throws BatchFileException if it cannot be read, or is not in the ARPA format, naming the line
     */
    public static ArpaFile read(Path file) throws BatchFileException {
        if (Files.isDirectory(file)) {
            throw new BatchFileException(file + ": is a directory");
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return new ArpaReader(file, reader).read();
        } catch (CharacterCodingException e) {
            throw new BatchFileException(file + ": is not UTF-8 text", e);
        } catch (IOException e) {
            throw BatchFileException.of(file, "cannot be read", e);
        }
    }

    /** The n of the longest n-grams, at least 1. */
    public int order() {
        return orders.size();
    }

    /** The words, in the order of their numbers. */
    public List<String> words() {
        return words;
    }

    /** The number of n-grams, n from 1 to {@link #order()}. */
    public int count(int n) {
        return orders.get(n - 1).count();
    }

    /** The number of the k-th word, from 0, of the i-th n-gram. */
    public int word(int n, int i, int k) {
        return n == 1 ? i : orders.get(n - 1).word(i, k);
    }

    /** log₁₀ p of the last word of the i-th n-gram after those before it; not positive, −∞ where the file says so. */
    public float logProbability(int n, int i) {
        return orders.get(n - 1).logProbability(i);
    }

    /** log₁₀ of the i-th n-gram's back-off weight; 0 where the file has none. */
    public float backOff(int n, int i) {
        return orders.get(n - 1).backOff(i);
    }

    /** The i-th n-gram as a message shows it. */
    public String text(int n, int i) {
        List<String> text = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            text.add(words.get(word(n, i, k)));
        }
        return String.join(" ", text);
    }
}
