package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What is computed of utterances, and the rows that it becomes: the columns of all operations, and those of its own. */
interface CorpusOperation extends Serializable {
    /** How many columns all operations have: id, status, error and frames. */
    int COMMON = 4;

    /** The columns beside those of all operations; null in an invalid row. */
    List<StructField> ownColumns();

    boolean needsTarget();

    /** Whether it is a backend that computes it. */
    default boolean usesBackend() {
        return true;
    }

    /** Memory for one utterance of a batch beside its scores. */
    default long bytesBesideScores(Utterance utterance) {
        return 0;
    }

    /**
     * The rows of a batch, in its order.
     *
     * @param backend null if the operation uses none
     */
    List<Row> compute(CtcBatch batch, List<Utterance> utterances, @Nullable CtcBackend backend);

    /** The columns of the rows, for ids of that type. */
    default StructType schema(DataType id) {
        StructType schema = new StructType()
                .add("id", id)
                .add("status", DataTypes.StringType, false)
                .add("error", DataTypes.StringType)
                .add("frames", DataTypes.IntegerType);
        for (StructField column : ownColumns()) {
            schema = schema.add(column);
        }
        return schema;
    }

    /** The row of an utterance. */
    default Row row(Utterance utterance, String status, @Nullable Object... own) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(utterance.id());
        values.add(status);
        values.add(null);
        values.add(utterance.frames());
        values.addAll(Arrays.asList(own));
        return RowFactory.create(values.toArray());
    }

    /** The row of what is no utterance. */
    default Row invalid(Utterance utterance) {
        @Nullable Object[] values = new Object[COMMON + ownColumns().size()];
        values[0] = utterance.id();
        values[1] = CtcFunctions.INVALID;
        values[2] = utterance.error();
        return RowFactory.create(values);
    }
}
