package io.github.tornadoctc.spark;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Finds the columns of utterances, and checks their types. */
final class InputColumns {
    static final int ID = 0;
    static final int FRAMES = 1;
    static final int SYMBOLS = 2;
    static final int SCORES = 3;
    static final int TYPE = 4;
    static final int TARGET = 5;

    private static final String INTEGERS = "an integer type";
    private static final String ARRAY_OF_INTEGERS = "an array of integers";

    private final StructType schema;
    private final CorpusInput input;
    private final boolean targetNeeded;

    /**
     * The columns of a dataset.
     *
     * @param targetNeeded whether utterances need targets
     */
    InputColumns(StructType schema, CorpusInput input, boolean targetNeeded) {
        this.schema = schema;
        this.input = input;
        this.targetNeeded = targetNeeded;
    }

    /** The type of the column that identifies utterances. */
    DataType idType() {
        StructField id = needed("id", input.columns().id());
        if (!id.dataType().equals(DataTypes.StringType) && !isInteger(id.dataType())) {
            throw mistyped("id", id, "string or " + INTEGERS);
        }
        return id.dataType();
    }

    /** Whether scores are in files. */
    boolean hasScoreFiles() {
        return scores().dataType().equals(DataTypes.StringType);
    }

    /**
     * The fields by the constants, null where there is none and none is needed.
     *
     * @throws IllegalArgumentException if one is missing or of a type that does not do, naming what there is and what would
     */
    private @Nullable StructField[] fields() {
        CorpusColumns names = input.columns();
        idType();
        return new @Nullable StructField[] {
            needed("id", names.id()),
            length("T", names.frames()),
            length("V", names.symbols()),
            scores(),
            type(names.type()),
            target(names.target())
        };
    }

    /**
     * The columns that are read, and no others.
     *
     * @param positions where in its rows they are, by the constants; -1 of those that are missing
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Selected(Dataset<Row> rows, int[] positions) {}

    /**
     * The columns that are read, in the order that they have.
     *
     * @throws IllegalArgumentException if one is missing or of a type that does not do, naming what there is and what would
     */
    Selected select(Dataset<Row> utterances) {
        @Nullable StructField[] fields = fields();
        List<StructField> read = Arrays.stream(schema.fields())
                .filter(field -> Arrays.asList(fields).contains(field))
                .toList();
        return new Selected(
                utterances.select(read.stream().map(InputColumns::column).toArray(Column[]::new)),
                Arrays.stream(fields).mapToInt(read::indexOf).toArray());
    }

    private StructField scores() {
        StructField scores = needed("scores", input.columns().scores());
        DataType type = scores.dataType();
        boolean numbers = type instanceof ArrayType array
                && (array.elementType().equals(DataTypes.FloatType)
                        || array.elementType().equals(DataTypes.DoubleType));
        if (!numbers && !type.equals(DataTypes.BinaryType) && !type.equals(DataTypes.StringType)) {
            throw mistyped("scores", scores, "binary, array<float>, array<double> or string, the path of a .npy file,");
        }
        return scores;
    }

    private @Nullable StructField length(String what, String name) {
        if (hasScoreFiles() && find(name).isEmpty()) {
            return null;
        }
        StructField length = needed(what, name);
        if (!isInteger(length.dataType())) {
            throw mistyped(what, length, INTEGERS);
        }
        return length;
    }

    private @Nullable StructField type(String name) {
        StructField type = find(name).orElse(null);
        if (type != null && !type.dataType().equals(DataTypes.StringType)) {
            throw mistyped("dtype", type, "string, such as float16,");
        }
        return type;
    }

    private @Nullable StructField target(String name) {
        if (!targetNeeded) {
            return null;
        }
        StructField target = needed("target", name);
        if (target.dataType().equals(DataTypes.StringType)) {
            if (input.tokens().isEmpty()) {
                throw new IllegalArgumentException(
                        "column %s is text, which needs tokens to make labels of it".formatted(target.name()));
            }
            return target;
        }
        if (!(target.dataType() instanceof ArrayType array) || !isInteger(array.elementType())) {
            throw mistyped("target", target, ARRAY_OF_INTEGERS + " or string");
        }
        return target;
    }

    private static Column column(StructField field) {
        return functions.col("`%s`".formatted(field.name().replace("`", "``")));
    }

    private Optional<StructField> find(String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private StructField needed(String what, String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("column %s is missing%s; there are %s"
                        .formatted(
                                name,
                                name.equals(what) ? "" : ", which %s is to be".formatted(what),
                                Arrays.stream(schema.fields())
                                        .map(StructField::name)
                                        .collect(joining(", ")))));
    }

    private static boolean isInteger(DataType type) {
        return type.equals(DataTypes.ByteType)
                || type.equals(DataTypes.ShortType)
                || type.equals(DataTypes.IntegerType)
                || type.equals(DataTypes.LongType);
    }

    private static IllegalArgumentException mistyped(String what, StructField field, String would) {
        return new IllegalArgumentException("column %s is %s, but %s would do%s"
                .formatted(
                        field.name(),
                        field.dataType().catalogString(),
                        would,
                        field.name().equalsIgnoreCase(what) ? "" : " for " + what));
    }
}
