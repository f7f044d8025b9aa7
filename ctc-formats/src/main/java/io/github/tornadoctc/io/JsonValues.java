package io.github.tornadoctc.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Reads numbers and arrays of them. An error names the file, the field, the indices and the value. The names are made
 * only for an error: one for each value would take hundreds of times the memory of the file.
 */
final class JsonValues {
    /** What every JVM can allocate as one array, if it has the memory. */
    static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    /** The most characters that a message quotes of a value. */
    private static final int LONGEST_VALUE = 40;

    private final JsonParser parser;
    private final String file;

    JsonValues(JsonParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    /** Goes to the next token; a file that ends before it does is an error. */
    JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw error("is truncated");
        }
        return token;
    }

    /** Checks that the current token begins the array {@code name}. */
    void beginArray(Supplier<String> name) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw error("%s = %s is not an array".formatted(name.get(), value()));
        }
    }

    /** The current token. */
    JsonToken current() {
        return parser.currentToken();
    }

    /** The integers from the current token to the end of their array. */
    int[] integers(Supplier<String> name) throws IOException {
        int[] values = {};
        int size = 0;
        while (current() != JsonToken.END_ARRAY) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown(size, name));
            }
            int i = size;
            values[size++] = integer(() -> "%s[%d]".formatted(name.get(), i));
            next();
        }
        return Arrays.copyOf(values, size);
    }

    /** The text that is the current token. */
    String text(String name) throws IOException {
        if (current() != JsonToken.VALUE_STRING) {
            throw error("%s = %s is no text".formatted(name, value()));
        }
        return parser.getText();
    }

    /** The next size of a full array. */
    private int grown(int size, Supplier<String> name) throws BatchFileException {
        if (size == LARGEST_ARRAY) {
            throw error("%s has more than %d values".formatted(name.get(), size));
        }
        return Math.clamp(2L * size, 8, LARGEST_ARRAY);
    }

    /** The array of integers ≥ 0 that the current token begins, none too large for a long. */
    List<Long> longs(String name) throws IOException {
        List<Long> longs = new ArrayList<>();
        beginArray(() -> name);
        while (next() != JsonToken.END_ARRAY) {
            if (current() != JsonToken.VALUE_NUMBER_INT || !parser.getText().matches("\\d{1,18}")) {
                throw error("%s[%d] = %s is no size".formatted(name, longs.size(), value()));
            }
            longs.add(parser.getLongValue());
        }
        return longs;
    }

    /** The integer that is the current token. */
    int integer(Supplier<String> name) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            try {
                return Integer.parseInt(parser.getText());
            } catch (NumberFormatException e) {
                throw error("%s = %s does not fit int32".formatted(name.get(), value()));
            }
        }
        throw error("%s = %s is not an integer".formatted(name.get(), value()));
    }

    /** The score that is the current token: a number, or the name of one that is not finite. */
    float score(Supplier<String> name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isNumeric() && !parser.isNaN()) {
            // parsed as a float at once: by way of a double it could be rounded twice
            float score = Float.parseFloat(parser.getText());
            if (Float.isInfinite(score)) {
                throw error("%s = %s does not fit float32".formatted(name.get(), value()));
            }
            return score;
        }
        String text = token.isScalarValue() ? parser.getText().toLowerCase(Locale.ROOT) : "";
        return switch (text) {
            case "nan" -> Float.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Float.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Float.NEGATIVE_INFINITY;
            default -> throw error("%s = %s is not a number".formatted(name.get(), value()));
        };
    }

    /** The current token as messages show it. */
    private String value() throws IOException {
        return switch (parser.currentToken()) {
            case START_ARRAY -> "[...]";
            case START_OBJECT -> "{...}";
            case VALUE_STRING -> '"' + shortened(parser.getText()) + '"';
            default -> shortened(parser.getText());
        };
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }

    BatchFileException error(String message) {
        return new BatchFileException("%s: %s".formatted(file, message));
    }
}
