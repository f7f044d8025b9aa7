package io.github.tornadoctc.spark;

import java.io.Serializable;
import java.util.Objects;

/**
 * The names of the columns of utterances. As in Spark, {@code t} names a column {@code T} too.
 *
 * @param id what identifies an utterance: text or an integer
 * @param frames T, the number of frames, an integer; may be missing, or null, where scores are in files
 * @param symbols V, the number of symbols with the blank, an integer; as {@code frames}
 * @param scores the T·V scores of an utterance, [T][V]: binary in little endian, an array of numbers, or the path of a
 *     {@code .npy} file
 * @param type the type of binary scores, such as {@code float16}; may be missing, or null, where it is the same for all
 *     ({@link CorpusInput#type})
 * @param target the U labels, an array of integers, or a text
 */
public record CorpusColumns(String id, String frames, String symbols, String scores, String type, String target)
        implements Serializable {
    private static final CorpusColumns DEFAULTS = new CorpusColumns("id", "T", "V", "scores", "dtype", "target");

    /** All names at once. */
    public CorpusColumns {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(frames, "frames");
        Objects.requireNonNull(symbols, "symbols");
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(target, "target");
    }

    /** {@code id}, {@code T}, {@code V}, {@code scores}, {@code dtype} and {@code target}. */
    public static CorpusColumns defaults() {
        return DEFAULTS;
    }

    /**
     * The same with another name of one column.
     *
     * @param column which one, by its name among the {@link #defaults()}
     * @throws IllegalArgumentException if that is none of them
     */
    public CorpusColumns with(String column, String name) {
        return switch (column) {
            case "id" -> new CorpusColumns(name, frames, symbols, scores, type, target);
            case "T" -> new CorpusColumns(id, name, symbols, scores, type, target);
            case "V" -> new CorpusColumns(id, frames, name, scores, type, target);
            case "scores" -> new CorpusColumns(id, frames, symbols, name, type, target);
            case "dtype" -> new CorpusColumns(id, frames, symbols, scores, name, target);
            case "target" -> new CorpusColumns(id, frames, symbols, scores, type, name);
            default ->
                throw new IllegalArgumentException(
                        "column = %s is none of id, T, V, scores, dtype, target".formatted(column));
        };
    }
}
