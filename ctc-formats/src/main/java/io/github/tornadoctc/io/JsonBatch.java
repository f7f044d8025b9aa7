package io.github.tornadoctc.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.tornadoctc.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a batch in a JSON object, read as a stream. */
final class JsonBatch {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser parser;
    private final JsonValues values;
    private final List<String> names = new ArrayList<>();
    private final Set<String> given = new HashSet<>();
    private final BatchFields fields;
    private @Nullable JsonScores scores;
    private @Nullable JsonIntegers targets;

    private JsonBatch(JsonParser parser, String file) {
        this.parser = parser;
        this.values = new JsonValues(parser, file);
        this.fields = new BatchFields(file, names);
    }

    static LoadedBatch read(InputStream in, String file, ReadOptions options) throws IOException {
        try (JsonParser parser = JSON.createParser(in)) {
            JsonBatch batch = new JsonBatch(parser, file);
            batch.readObject();
            return batch.assemble(options);
        }
    }

    private void readObject() throws IOException {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw values.error("is no JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                read(name);
            }
            if (parser.nextToken() != null) {
                throw values.error("there is more after the object");
            }
        } catch (JsonProcessingException e) {
            throw values.error(JsonMessages.of(e, parser.currentLocation()));
        }
    }

    private void read(String name) throws IOException {
        String field = BatchFields.camelCase(name);
        names.add(name);
        if (!given.add(field)) {
            throw fields.twice(field);
        }
        switch (field) {
            case "inputLengths" -> fields.inputLengths = JsonIntegers.read(values, name);
            case "targets" -> targets = JsonIntegers.read(values, name);
            case "targetLengths" -> fields.targetLengths = JsonIntegers.read(values, name);
            case "blank" -> fields.blank = JsonIntegers.read(values, name);
            case "layout" -> fields.layout(name, values.text(name));
            case "logits", "logProbs" -> scores(name);
            case "scores" -> scoresOrTheirKind(name);
            case "comment" -> parser.skipChildren();
            default -> throw fields.unknown(name);
        }
    }

    /** {@code scores} is either what the scores are, as a text, or the scores. */
    private void scoresOrTheirKind(String name) throws IOException {
        if (values.current() == JsonToken.START_ARRAY) {
            scores(name);
        } else {
            fields.kind(name, values.text(name));
        }
    }

    private void scores(String name) throws IOException {
        if (scores != null) {
            throw fields.twoScores(name);
        }
        fields.scoresName = name;
        scores = JsonScores.read(values, name);
    }

    private LoadedBatch assemble(ReadOptions options) throws BatchFileException {
        fields.targets = targets;
        if (scores != null) {
            int utterances = fields.inputLengths == null ? 0 : fields.inputLengths.length();
            int symbols = scores.hasRows() ? 0 : symbols(BatchAssembly.blank(fields, options));
            boolean timeMajor = BatchAssembly.layout(fields, options) == Layout.TIME_MAJOR;
            fields.scores = scores.array(utterances, symbols, timeMajor);
        }
        return BatchAssembly.assemble(fields, options);
    }

    /** As many as blank and labels need, where there are no scores. */
    private int symbols(int blank) throws BatchFileException {
        int largest = targets == null ? blank : targets.largest(blank);
        if (largest == Integer.MAX_VALUE) {
            throw fields.error("%d is not a symbol of any batch".formatted(largest));
        }
        return largest + 1;
    }
}
