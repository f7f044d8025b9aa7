package io.github.tornadoctc.io;

import static io.github.tornadoctc.io.JsonValues.LARGEST_ARRAY;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** The scores of a JSON batch: arrays nested three deep, each as long as its neighbours. */
final class JsonScores {
    private static final int UNKNOWN = -1;

    private int outer;
    private int middle = UNKNOWN;
    private int inner = UNKNOWN;
    private int size;
    /** Grows with what has been read, so that it stays within a small multiple of the file's size. */
    private float[] values = new float[1024];

    private JsonScores() {}

    /** Reads the array that the current token begins. */
    static JsonScores read(JsonValues json) throws IOException {
        JsonScores scores = new JsonScores();
        json.beginArray(() -> "logits");
        while (json.next() != JsonToken.END_ARRAY) {
            scores.readPlane(json, scores.outer);
            scores.outer++;
        }
        return scores;
    }

    private void readPlane(JsonValues json, int i) throws IOException {
        json.beginArray(() -> "logits[%d]".formatted(i));
        int rows = 0;
        while (json.next() != JsonToken.END_ARRAY) {
            readRow(json, i, rows);
            rows++;
        }
        if (middle != UNKNOWN && rows != middle) {
            throw json.error("logits[%d] has %d rows, but logits[0] has %d".formatted(i, rows, middle));
        }
        middle = rows;
    }

    private void readRow(JsonValues json, int i, int j) throws IOException {
        json.beginArray(() -> "logits[%d][%d]".formatted(i, j));
        int length = 0;
        while (json.next() != JsonToken.END_ARRAY) {
            add(json.score(i, j, length), json);
            length++;
        }
        if (inner != UNKNOWN && length != inner) {
            throw json.error("logits[%d][%d] has %d scores, but logits[0][0] has %d".formatted(i, j, length, inner));
        }
        inner = length;
    }

    private void add(float value, JsonValues json) throws BatchFileException {
        if (size == LARGEST_ARRAY) {
            throw json.error("logits has more than %d scores".formatted(LARGEST_ARRAY));
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, (int) Math.min(size * 2L, LARGEST_ARRAY));
        }
        values[size] = value;
        size++;
    }

    /** The length of the outermost arrays. */
    int outer() {
        return outer;
    }

    /** The length of the arrays within. */
    int middle() {
        return Math.max(middle, 0);
    }

    /** Whether there is a row, and so a known number of symbols. */
    boolean hasRows() {
        return inner != UNKNOWN;
    }

    /** The length of the rows. */
    int inner() {
        return inner;
    }

    /** All scores, in the order of the file. */
    float[] values() {
        return Arrays.copyOf(values, size);
    }
}
