package io.github.tornadoctc.io;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the header of a {@code .safetensors} file says of a tensor. */
final class SafetensorsTensor {
    private final JsonValues values;
    private final String name;
    private @Nullable NpyType type;
    private @Nullable List<Long> shape;
    private @Nullable List<Long> offsets;

    private SafetensorsTensor(JsonValues values, String name) {
        this.values = values;
        this.name = name;
    }

    /** Reads the object that the current token begins. */
    static SafetensorsHeader.Tensor read(JsonParser parser, JsonValues values, String name) throws IOException {
        SafetensorsTensor tensor = new SafetensorsTensor(values, name);
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            tensor.read(field);
        }
        return tensor.checked();
    }

    private void read(String field) throws IOException {
        switch (field) {
            case "dtype" -> {
                String dtype = values.text(name + ": dtype");
                type = NpyType.ofSafetensors(dtype)
                        .orElseThrow(() -> values.error(
                                "%s: dtype = %s is none of %s".formatted(name, dtype, NpyType.supported())));
            }
            case "shape" -> shape = values.longs(name + ": shape");
            case "data_offsets" -> offsets = values.longs(name + ": data_offsets");
            default -> throw values.error("header: %s: %s is not a field of a tensor".formatted(name, field));
        }
    }

    private SafetensorsHeader.Tensor checked() throws BatchFileException {
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw values.error("header: %s has not a dtype, a shape and two data_offsets".formatted(name));
        }
        List<Integer> lengths = new ArrayList<>();
        long bytes = type.bytes();
        long begin = offsets.getFirst();
        long end = offsets.getLast();
        try {
            for (long length : shape) {
                lengths.add(Math.toIntExact(length));
            }
            bytes *= NpyArray.elements(
                    lengths.stream().mapToInt(Integer::intValue).toArray());
        } catch (ArithmeticException e) {
            throw values.error("%s: shape = %s has more than %d elements".formatted(name, shape, Integer.MAX_VALUE));
        }
        if (end - begin != bytes) {
            throw values.error("%s: data_offsets = %s are of %d bytes, but %s of shape %s takes %d"
                    .formatted(name, offsets, end - begin, type, shape, bytes));
        }
        return new SafetensorsHeader.Tensor(type, List.copyOf(lengths), begin, end);
    }
}
