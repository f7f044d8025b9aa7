package io.github.tornadoctc.io;

import static io.github.tornadoctc.io.JsonValues.LARGEST_ARRAY;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** The scores of a JSON batch: arrays nested three deep, or two for one utterance, each as long as its neighbours. */
final class JsonScores {
    private static final int UNKNOWN = -1;

    private final JsonValues json;
    private final String name;
    private int outer;
    private int middle = UNKNOWN;
    private int inner = UNKNOWN;
    /** Whether the scores are two deep; not known before the first array within the outermost has begun. */
    private boolean flat;

    private int size;
    /** Grows with what has been read, so that it stays within a small multiple of the file's size. */
    private float[] values = new float[1024];

    private JsonScores(JsonValues json, String name) {
        this.json = json;
        this.name = name;
    }

    /** Reads the array that the current token begins. */
    static JsonScores read(JsonValues json, String name) throws IOException {
        JsonScores scores = new JsonScores(json, name);
        json.beginArray(() -> name);
        while (json.next() != JsonToken.END_ARRAY) {
            scores.readWithin();
            scores.outer++;
        }
        return scores;
    }

    private void readWithin() throws IOException {
        json.beginArray(() -> index(outer));
        JsonToken first = json.next();
        if (outer == 0) {
            flat = first != JsonToken.START_ARRAY && first != JsonToken.END_ARRAY;
        }
        if (flat) {
            readRow(outer);
        } else {
            readPlane();
        }
    }

    private void readPlane() throws IOException {
        int rows = 0;
        while (json.current() != JsonToken.END_ARRAY) {
            int j = rows;
            json.beginArray(() -> index(outer, j));
            json.next();
            readRow(outer, rows);
            json.next();
            rows++;
        }
        if (middle != UNKNOWN && rows != middle) {
            throw json.error("%s has %d rows, but %s has %d".formatted(index(outer), rows, index(0), middle));
        }
        middle = rows;
    }

    /** Reads the row at these indices, from its first score on. */
    private void readRow(int... at) throws IOException {
        int length = 0;
        while (json.current() != JsonToken.END_ARRAY) {
            int k = length;
            add(json.score(() -> "%s[%d]".formatted(index(at), k)));
            json.next();
            length++;
        }
        if (inner != UNKNOWN && length != inner) {
            throw json.error(
                    "%s has %d scores, but %s has %d".formatted(index(at), length, index(new int[at.length]), inner));
        }
        inner = length;
    }

    private String index(int... indices) {
        StringBuilder text = new StringBuilder(name);
        for (int index : indices) {
            text.append('[').append(index).append(']');
        }
        return text.toString();
    }

    private void add(float value) throws BatchFileException {
        if (size == LARGEST_ARRAY) {
            throw json.error("%s has more than %d scores".formatted(name, LARGEST_ARRAY));
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, (int) Math.min(size * 2L, LARGEST_ARRAY));
        }
        values[size] = value;
        size++;
    }

    /** Whether there is a row, and so a known number of symbols. */
    boolean hasRows() {
        return inner != UNKNOWN;
    }

    /** The name that the file has for them. */
    String name() {
        return name;
    }

    /**
     * The scores as an array of the shape that they have in the file.
     *
     * @param utterances how many there are, where there are no arrays that could tell
     * @param symbols how many there are, where there are no rows that could tell
     * @param timeMajor whether the outermost arrays are frames, and not utterances
     */
    NpyArray array(int utterances, int symbols, boolean timeMajor) {
        int length = hasRows() ? inner : symbols;
        int[] shape = flat
                ? new int[] {outer, length}
                : new int[] {outer, outer == 0 && timeMajor ? utterances : Math.max(middle, 0), length};
        return NpyArray.ofFloats(Arrays.copyOf(values, size), shape);
    }
}
