package io.github.tornadoctc.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A batch as a JSON object, read as a stream. */
final class JsonBatch {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private int blank;
    private @Nullable JsonScores logits;
    private int @Nullable [] inputLengths;
    private int @Nullable [][] targets;
    private int @Nullable [] targetLengths;
    private final Set<String> given = new HashSet<>();

    private JsonBatch() {}

    static CtcBatch read(InputStream in, Path file, Layout layout, OptionalInt blank) throws IOException {
        JsonBatch batch = new JsonBatch();
        try (JsonParser parser = JSON.createParser(in)) {
            batch.readObject(new JsonValues(parser, file), parser);
        }
        return batch.build(file, layout, blank);
    }

    private void readObject(JsonValues values, JsonParser parser) throws IOException {
        try {
            readFields(values, parser);
        } catch (JsonProcessingException e) {
            JsonLocation at = parser.currentLocation();
            throw values.error(
                    "line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()));
        }
    }

    private void readFields(JsonValues values, JsonParser parser) throws IOException {
        parser.nextToken();
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            String name = BatchFields.camelCase(field);
            if (!given.add(name)) {
                throw values.error("%s is given twice, in either spelling".formatted(name));
            }
            switch (name) {
                case "blank" -> blank = values.integer(() -> "blank");
                case "logits" -> logits = JsonScores.read(values);
                case "inputLengths" -> inputLengths = values.integers(() -> "inputLengths");
                case "targets" -> targets = targets(values);
                case "targetLengths" -> targetLengths = values.integers(() -> "targetLengths");
                case "comment" -> parser.skipChildren();
                default -> throw values.error(BatchFields.unknown(field));
            }
        }
        if (parser.nextToken() != null) {
            throw values.error("there is more after the object");
        }
    }

    private static int[][] targets(JsonValues values) throws IOException {
        List<int[]> rows = new ArrayList<>();
        values.beginArray(() -> "targets");
        while (values.next() != JsonToken.END_ARRAY) {
            int b = rows.size();
            rows.add(values.integers(() -> "targets[%d]".formatted(b)));
        }
        return rows.toArray(int[][]::new);
    }

    private CtcBatch build(Path file, Layout layout, OptionalInt otherBlank) throws BatchFileException {
        JsonScores scores = present(logits, "logits", file);
        int[] lengths = present(inputLengths, "inputLengths", file);
        int[][] labels = withoutPadding(present(targets, "targets", file), targetLengths, file);
        int blankIndex = otherBlank.orElse(blank);
        boolean timeMajor = layout == Layout.TIME_MAJOR;
        // the number of utterances is that of a frame's rows, and that of symbols the length of a row, if there is one
        int utterances =
                timeMajor && scores.outer() == 0 ? lengths.length : timeMajor ? scores.middle() : scores.outer();
        int symbols = scores.hasRows() ? scores.inner() : symbols(largest(labels, blankIndex), file);
        return CtcBatch.builder(timeMajor ? scores.outer() : scores.middle(), utterances, symbols)
                .layout(layout)
                .blank(blankIndex)
                .scores(scores.values())
                .inputLengths(lengths)
                .targets(labels)
                .build();
    }

    /** The first so many labels of each row, where lengths are given; what follows is padding, and may be anything. */
    private static int[][] withoutPadding(int[][] rows, int @Nullable [] lengths, Path file) throws BatchFileException {
        if (lengths == null) {
            return rows;
        }
        if (lengths.length != rows.length) {
            throw new BatchFileException("%s: targetLengths has %d values, but targets %d rows"
                    .formatted(file, lengths.length, rows.length));
        }
        int[][] labels = new int[rows.length][];
        for (int b = 0; b < rows.length; b++) {
            if (lengths[b] < 0 || lengths[b] > rows[b].length) {
                throw new BatchFileException(
                        "%s: targetLengths[%d] = %d is not between 0 and %d, the labels of targets[%d]"
                                .formatted(file, b, lengths[b], rows[b].length, b));
            }
            labels[b] = Arrays.copyOf(rows[b], lengths[b]);
        }
        return labels;
    }

    private static int largest(int[][] labels, int blank) {
        IntStream all = Arrays.stream(labels).flatMapToInt(Arrays::stream);
        return IntStream.concat(all, IntStream.of(blank, 0)).max().orElse(0);
    }

    private static int symbols(int largest, Path file) throws BatchFileException {
        if (largest == Integer.MAX_VALUE) {
            throw new BatchFileException("%s: %d is not a symbol of any batch".formatted(file, largest));
        }
        return largest + 1;
    }

    private static <T> T present(@Nullable T value, String field, Path file) throws BatchFileException {
        if (value == null) {
            throw new BatchFileException("%s: %s is missing".formatted(file, field));
        }
        return value;
    }
}
