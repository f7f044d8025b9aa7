package io.github.tornadoctc.io;

import static java.util.stream.Collectors.joining;

import io.github.tornadoctc.ScoreType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The element types that are read and written. Files of any byte order are read; written are little endian ones. */
public enum NpyType {
    /** IEEE 754, 16 bits. */
    FLOAT16("f2", "F16", Short.BYTES),
    /** The upper 16 bits of a float32. NumPy has no code for it: what saves it by way of NumPy writes two plain bytes. */
    BFLOAT16("V2", "BF16", Short.BYTES),
    /** IEEE 754, 32 bits. */
    FLOAT32("f4", "F32", Float.BYTES),
    /** IEEE 754, 64 bits. */
    FLOAT64("f8", "F64", Double.BYTES),
    /** Signed, 8 bits. */
    INT8("i1", "I8", Byte.BYTES),
    /** Signed, 16 bits. */
    INT16("i2", "I16", Short.BYTES),
    /** Signed, 32 bits. */
    INT32("i4", "I32", Integer.BYTES),
    /** Signed, 64 bits. */
    INT64("i8", "I64", Long.BYTES),
    /** Unsigned, 8 bits. */
    UINT8("u1", "U8", Byte.BYTES),
    /** Unsigned, 16 bits. */
    UINT16("u2", "U16", Short.BYTES),
    /** Unsigned, 32 bits. */
    UINT32("u4", "U32", Integer.BYTES),
    /** Unsigned, 64 bits. */
    UINT64("u8", "U64", Long.BYTES),
    /** A byte, 0 or 1. */
    BOOL("b1", "BOOL", Byte.BYTES);

    private final String code;
    private final String safetensors;
    private final int bytes;

    NpyType(String code, String safetensors, int bytes) {
        this.code = code;
        this.safetensors = safetensors;
        this.bytes = bytes;
    }

    /** The type of a batch's scores. */
    public static NpyType of(ScoreType type) {
        return switch (type) {
            case FLOAT32 -> FLOAT32;
            case FLOAT16 -> FLOAT16;
            case BFLOAT16 -> BFLOAT16;
        };
    }

    /** The type of a batch's scores that have this one; none if they are converted. */
    Optional<ScoreType> scoreType() {
        return Arrays.stream(ScoreType.values())
                .filter(type -> of(type) == this)
                .findFirst();
    }

    /** NumPy's code for it in little endian, such as {@code <f4}. */
    public String descr() {
        return (bytes == 1 ? "|" : "<") + code;
    }

    /** The size of an element. */
    public int bytes() {
        return bytes;
    }

    /** Whether its elements are integers. */
    public boolean isInteger() {
        return switch (this) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> true;
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64, BOOL -> false;
        };
    }

    /** Whether its elements are floating-point numbers. */
    public boolean isFloat() {
        return switch (this) {
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> true;
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, BOOL -> false;
        };
    }

    /** The type of NumPy's code, whatever byte order it begins with. */
    static Optional<NpyType> ofDescr(String descr) {
        String code = descr.replaceFirst("^[<>|=]", "");
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }

    /** The type of a name in the header of a {@code .safetensors} file. */
    static Optional<NpyType> ofSafetensors(String name) {
        return Arrays.stream(values())
                .filter(type -> type.safetensors.equals(name))
                .findFirst();
    }

    static String supported() {
        return Arrays.stream(values()).map(NpyType::toString).collect(joining(", "));
    }

    /** NumPy's name for it, such as {@code float32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
