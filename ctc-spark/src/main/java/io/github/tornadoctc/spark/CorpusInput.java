package io.github.tornadoctc.spark;

import io.github.tornadoctc.Scores;
import io.github.tornadoctc.io.NpyType;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How to read the rows of a corpus.
 *
 * @param columns the names of the columns
 * @param scores what scores are
 * @param type the type of binary scores of rows that do not say it themselves: a floating-point type
 * @param blank the index of the blank
 * @param tokens what the symbols stand for, as {@link io.github.tornadoctc.io.Tokens#of} takes it; empty if that is not
 *     known, and then there are no texts
 * @param directory where paths of {@code .npy} files begin that are not absolute
 */
public record CorpusInput(
        CorpusColumns columns, Scores scores, NpyType type, int blank, List<String> tokens, String directory)
        implements Serializable {
    private static final CorpusInput DEFAULTS =
            new CorpusInput(CorpusColumns.defaults(), Scores.LOGITS, NpyType.FLOAT32, 0, List.of(), ".");

    /**
     * All at once.
     *
     * @throws IllegalArgumentException if {@code type} is no floating-point type or {@code blank} is negative
     */
    public CorpusInput {
        Objects.requireNonNull(columns, "columns");
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(directory, "directory");
        if (!type.isFloat()) {
            throw new IllegalArgumentException("type = %s is no floating-point type".formatted(type));
        }
        if (blank < 0) {
            throw new IllegalArgumentException("blank = %d is less than 0".formatted(blank));
        }
        tokens = List.copyOf(tokens);
    }

    /** Logits of float32, columns of the usual names, blank 0, no tokens, paths from the working directory. */
    public static CorpusInput defaults() {
        return DEFAULTS;
    }

    /** The same with columns of those names. */
    public CorpusInput withColumns(CorpusColumns newColumns) {
        return new CorpusInput(newColumns, scores, type, blank, tokens, directory);
    }

    /** The same for scores of that kind. */
    public CorpusInput withScores(Scores newScores) {
        return new CorpusInput(columns, newScores, type, blank, tokens, directory);
    }

    /** The same for binary scores of that type. */
    public CorpusInput withType(NpyType newType) {
        return new CorpusInput(columns, scores, newType, blank, tokens, directory);
    }

    /** The same with that blank. */
    public CorpusInput withBlank(int newBlank) {
        return new CorpusInput(columns, scores, type, newBlank, tokens, directory);
    }

    /** The same with those tokens. */
    public CorpusInput withTokens(List<String> newTokens) {
        return new CorpusInput(columns, scores, type, blank, newTokens, directory);
    }

    /** The same with paths from that directory. */
    public CorpusInput withDirectory(String newDirectory) {
        return new CorpusInput(columns, scores, type, blank, tokens, newDirectory);
    }
}
