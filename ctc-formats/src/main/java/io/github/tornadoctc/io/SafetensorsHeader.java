package io.github.tornadoctc.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The header of a {@code .safetensors} file.
 *
 * @param tensors by name
 * @param texts what the metadata says of a batch, by name; what else it says is nobody's field
 */
record SafetensorsHeader(Map<String, Tensor> tensors, Map<String, String> texts) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String METADATA = "__metadata__";
    private static final List<String> TEXTS = List.of("layout", "scores");

    /**
     * A tensor.
     *
     * @param begin the place of its first byte after the header
     * @param end that of the byte after its last
     */
    record Tensor(NpyType type, List<Integer> shape, long begin, long end) {}

    /** Parses a header, and checks that the tensors are just the {@code dataBytes} bytes behind it. */
    static SafetensorsHeader parse(byte[] json, long dataBytes, String file) throws IOException {
        SafetensorsHeader header = new SafetensorsHeader(new TreeMap<>(), new TreeMap<>());
        try (JsonParser parser = JSON.createParser(json)) {
            try {
                header.read(parser, new JsonValues(parser, file));
            } catch (JsonProcessingException e) {
                throw new BatchFileException(
                        "%s: header: %s".formatted(file, JsonMessages.of(e, parser.currentLocation())));
            }
        }
        header.checkPlaces(dataBytes, file);
        return header;
    }

    private void read(JsonParser parser, JsonValues values) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw values.error("header is no JSON object");
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw values.error("header: %s is no JSON object".formatted(name));
            }
            if (name.equals(METADATA)) {
                readMetadata(parser, values);
            } else {
                tensors.put(name, SafetensorsTensor.read(parser, values, name));
            }
        }
        if (parser.nextToken() != null) {
            throw values.error("header: there is more after the object");
        }
    }

    private void readMetadata(JsonParser parser, JsonValues values) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            String text = values.text("%s: %s".formatted(METADATA, name));
            if (TEXTS.contains(name)) {
                texts.put(name, text);
            }
        }
    }

    /** That each tensor begins where the one before ends, as the format demands: none has the bytes of another. */
    private void checkPlaces(long dataBytes, String file) throws BatchFileException {
        List<Map.Entry<String, Tensor>> sorted = tensors.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Tensor> entry) ->
                                entry.getValue().begin())
                        .thenComparingLong(entry -> entry.getValue().end()))
                .toList();
        long at = 0;
        for (Map.Entry<String, Tensor> entry : sorted) {
            if (entry.getValue().begin() != at) {
                throw new BatchFileException("%s: %s begins at byte %d of the tensors, but those before end at %d"
                        .formatted(file, entry.getKey(), entry.getValue().begin(), at));
            }
            at = entry.getValue().end();
        }
        if (at != dataBytes) {
            throw new BatchFileException("%s: %s: its tensors take %d bytes, but there are %d"
                    .formatted(file, at > dataBytes ? "is truncated" : "has more than its header says", at, dataBytes));
        }
    }
}
