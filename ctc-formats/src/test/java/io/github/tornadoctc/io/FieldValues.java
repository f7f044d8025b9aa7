package io.github.tornadoctc.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a batch, each in JSON, and how they look in every format: integers are int32, scores, which are three arrays
 * deep, float32.
 */
final class FieldValues {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, String> values = new LinkedHashMap<>();
    /** Scores that are written without their second axis, which has length 1. */
    private String flat = "";

    FieldValues with(String name, @Nullable String json) {
        values.put(name, String.valueOf(json));
        return this;
    }

    FieldValues without(String name) {
        values.remove(name);
        return this;
    }

    FieldValues flat(String name) {
        flat = name;
        return this;
    }

    Path write(TestFormat format, Path directory) throws IOException {
        return Files.write(
                directory.resolve("batch"),
                switch (format) {
                    case JSON -> json();
                    case NPZ -> npz();
                    case SAFETENSORS -> safetensors();
                });
    }

    private byte[] json() {
        List<String> fields = new ArrayList<>();
        values.forEach((name, value) -> fields.add("\"%s\": %s".formatted(name, value)));
        return "{%s}".formatted(String.join(", ", fields)).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] npz() throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        for (Map.Entry<String, String> field : values.entrySet()) {
            JsonNode value = MAPPER.readTree(field.getValue());
            List<Integer> lengths = shape(field.getKey(), value);
            String shape = lengths.toString().replace('[', '(').replace(']', ')');
            String tuple = lengths.size() == 1 ? shape.replace(")", ",)") : shape;
            arrays.put(
                    field.getKey(),
                    value.isTextual()
                            ? TestFiles.npy("<U" + value.textValue().length(), "()", utf32(value.textValue()))
                            : TestFiles.npy(nesting(value).size() == 3 ? "<f4" : "<i4", tuple, data(value)));
        }
        return TestFiles.npz(arrays);
    }

    private static byte[] utf32(String text) {
        return text.getBytes(StandardCharsets.UTF_32LE);
    }

    private byte[] safetensors() throws IOException {
        List<String> tensors = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : values.entrySet()) {
            JsonNode value = MAPPER.readTree(field.getValue());
            if (value.isTextual()) {
                texts.add("\"%s\": %s".formatted(field.getKey(), value));
                continue;
            }
            int begin = data.size();
            data.write(data(value));
            tensors.add("\"%s\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": [%d, %d]}"
                    .formatted(
                            field.getKey(),
                            nesting(value).size() == 3 ? "F32" : "I32",
                            shape(field.getKey(), value),
                            begin,
                            data.size()));
        }
        tensors.add("\"__metadata__\": {\"format\": \"pt\"%s}"
                .formatted(texts.isEmpty() ? "" : ", " + String.join(", ", texts)));
        return safetensors("{%s}".formatted(String.join(", ", tensors)), data.toByteArray());
    }

    /** A file with the header as it is given. */
    static byte[] safetensors(String header, byte... data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }

    /** The shape that a field is written with. */
    private List<Integer> shape(String name, JsonNode value) {
        List<Integer> shape = nesting(value);
        if (flat.equals(name)) {
            shape.remove(/* index */ 1);
        }
        return shape;
    }

    private static List<Integer> nesting(JsonNode value) {
        List<Integer> shape = new ArrayList<>();
        for (JsonNode at = value; at != null && at.isArray(); at = at.get(0)) {
            shape.add(at.size());
        }
        return shape;
    }

    private static byte[] data(JsonNode value) {
        List<JsonNode> numbers = new ArrayList<>();
        collect(value, numbers);
        ByteBuffer data = ByteBuffer.allocate(numbers.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode number : numbers) {
            if (nesting(value).size() == 3) {
                data.putFloat(number.floatValue());
            } else {
                data.putInt(number.intValue());
            }
        }
        return data.array();
    }

    private static void collect(JsonNode value, List<JsonNode> numbers) {
        if (value.isArray()) {
            value.forEach(each -> collect(each, numbers));
        } else {
            numbers.add(value);
        }
    }
}
