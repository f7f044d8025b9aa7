package io.github.tornadoctc.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/** Reads numbers and arrays of them; an error names the file, the field, the indices and the value. */
final class JsonValues {
    /** What a message quotes of a value. */
    private static final int LONGEST_VALUE = 40;

    private final JsonParser parser;
    private final Path file;

    JsonValues(JsonParser parser, Path file) {
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

    /** That the current token begins the array {@code name}. */
    void beginArray(String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw error("%s = %s is not an array".formatted(name, value()));
        }
    }

    /** The array of integers that the current token begins. */
    int[] integers(String name) throws IOException {
        beginArray(name);
        IntStream.Builder values = IntStream.builder();
        for (int i = 0; next() != JsonToken.END_ARRAY; i++) {
            values.add(integer("%s[%d]".formatted(name, i)));
        }
        return values.build().toArray();
    }

    /** The integer that is the current token. */
    int integer(String name) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            try {
                return Integer.parseInt(parser.getText());
            } catch (NumberFormatException e) {
                throw error("%s = %s does not fit int32".formatted(name, value()));
            }
        }
        throw error("%s = %s is not an integer".formatted(name, value()));
    }

    /** The score that is the current token, logits[i][j][k]: a number, or the name of one that is not finite. */
    float score(int i, int j, int k) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isNumeric() && !parser.isNaN()) {
            // parsed as a float at once: by way of a double it could be rounded twice
            float score = Float.parseFloat(parser.getText());
            if (Float.isInfinite(score)) {
                throw error("logits[%d][%d][%d] = %s does not fit float32".formatted(i, j, k, value()));
            }
            return score;
        }
        String name = token.isScalarValue() ? parser.getText().toLowerCase(Locale.ROOT) : "";
        return switch (name) {
            case "nan" -> Float.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Float.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Float.NEGATIVE_INFINITY;
            default -> throw error("logits[%d][%d][%d] = %s is not a number".formatted(i, j, k, value()));
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

    private static String shortened(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }

    BatchFileException error(String message) {
        return new BatchFileException("%s: %s".formatted(file, message));
    }
}
