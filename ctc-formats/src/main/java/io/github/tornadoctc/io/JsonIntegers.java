package io.github.tornadoctc.io;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An integer, a list of them, or rows of any lengths, in JSON. */
final class JsonIntegers implements Integers {
    private final String name;
    private final int rank;
    /** The rows; of a list the only one. */
    private final int[][] rows;

    private JsonIntegers(String name, int rank, int[]... rows) {
        this.name = name;
        this.rank = rank;
        this.rows = rows;
    }

    /** Reads the value that is the current token. */
    static JsonIntegers read(JsonValues values, String name) throws IOException {
        if (values.current() != JsonToken.START_ARRAY) {
            return new JsonIntegers(name, 0, new int[] {values.integer(() -> name)});
        }
        if (values.next() != JsonToken.START_ARRAY) {
            return new JsonIntegers(name, 1, values.integers(() -> name));
        }
        List<int[]> rows = new ArrayList<>();
        while (values.current() != JsonToken.END_ARRAY) {
            int row = rows.size();
            values.beginArray(() -> "%s[%d]".formatted(name, row));
            values.next();
            rows.add(values.integers(() -> "%s[%d]".formatted(name, row)));
            values.next();
        }
        return new JsonIntegers(name, 2, rows.toArray(int[][]::new));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int length() {
        return rank == 2 ? rows.length : rows[0].length;
    }

    @Override
    public int width(int row) {
        return rows[row].length;
    }

    @Override
    public int value(int row, int column) {
        return rank == 2 ? rows[row][column] : rows[0][row];
    }

    @Override
    public String shapeText() {
        return rank == 2 ? "(%d, ...)".formatted(rows.length) : NpyHeader.shapeText(rows[0].length);
    }

    /** The largest integer, or {@code least} if there is none as large. */
    int largest(int least) {
        int largest = least;
        for (int[] row : rows) {
            for (int value : row) {
                largest = Math.max(largest, value);
            }
        }
        return largest;
    }
}
