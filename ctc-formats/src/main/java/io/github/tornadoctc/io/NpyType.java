package io.github.tornadoctc.io;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The element types that are read and written; in files all are little endian. */
public enum NpyType {
    /** IEEE 754, 32 bits. */
    FLOAT32("<f4", Float.BYTES),
    /** IEEE 754, 64 bits. */
    FLOAT64("<f8", Double.BYTES),
    /** Signed, 32 bits. */
    INT32("<i4", Integer.BYTES),
    /** Signed, 64 bits. */
    INT64("<i8", Long.BYTES);

    private final String descr;
    private final int bytes;

    NpyType(String descr, int bytes) {
        this.descr = descr;
        this.bytes = bytes;
    }

    /** NumPy's code for it, such as {@code <f4}. */
    public String descr() {
        return descr;
    }

    /** The size of an element. */
    public int bytes() {
        return bytes;
    }

    /** Whether its elements are integers. */
    public boolean isInteger() {
        return this == INT32 || this == INT64;
    }

    static Optional<NpyType> ofDescr(String descr) {
        return Arrays.stream(values()).filter(type -> type.descr.equals(descr)).findFirst();
    }

    static String supported() {
        return Arrays.stream(values())
                .map(type -> "%s (%s)".formatted(type.descr, type))
                .collect(joining(", "));
    }

    /** NumPy's name for it, such as {@code float32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
