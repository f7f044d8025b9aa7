package io.github.tornadoctc.spark;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
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

/** Finds the columns of utterances, checks their types, and brings them into the order in which rows are read. */
final class InputColumns {
    /** The columns of what {@link #select} returns. */
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
     * The columns in the order of the constants, with the widest type of their kind.
     *
     * @throws IllegalArgumentException if one is missing or of a type that does not do, naming what there is and what would
     */
    Dataset<Row> select(Dataset<Row> utterances) {
        idType();
        StructField scores = scores();
        CorpusColumns names = input.columns();
        return utterances.select(
                column(needed("id", names.id())),
                length("T", names.frames()),
                length("V", names.symbols()),
                isArray(scores) ? column(scores).cast("array<double>") : column(scores),
                type(names.type()),
                target(names.target()));
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

    private static boolean isArray(StructField field) {
        return field.dataType() instanceof ArrayType;
    }

    private Column length(String what, String name) {
        if (hasScoreFiles() && find(name).isEmpty()) {
            return functions.lit(null).cast(DataTypes.LongType);
        }
        StructField length = needed(what, name);
        if (!isInteger(length.dataType())) {
            throw mistyped(what, length, INTEGERS);
        }
        return column(length).cast(DataTypes.LongType);
    }

    private Column type(String name) {
        Optional<StructField> type = find(name);
        if (type.isPresent() && !type.get().dataType().equals(DataTypes.StringType)) {
            throw mistyped("dtype", type.get(), "string, such as float16,");
        }
        return type.map(InputColumns::column)
                .orElseGet(() -> functions.lit(null).cast(DataTypes.StringType));
    }

    private Column target(String name) {
        if (!targetNeeded) {
            return functions.lit(null);
        }
        StructField target = needed("target", name);
        if (target.dataType().equals(DataTypes.StringType)) {
            if (input.tokens().isEmpty()) {
                throw new IllegalArgumentException(
                        "column %s is text, which needs tokens to make labels of it".formatted(target.name()));
            }
            return column(target);
        }
        if (!(target.dataType() instanceof ArrayType array) || !isInteger(array.elementType())) {
            throw mistyped("target", target, ARRAY_OF_INTEGERS + " or string");
        }
        return column(target).cast("array<bigint>");
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
