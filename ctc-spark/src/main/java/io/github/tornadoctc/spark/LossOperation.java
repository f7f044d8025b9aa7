package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Losses. */
record LossOperation(CorpusOptions options) implements CorpusOperation {
    /** The column of losses. */
    static final StructField LOSS = DataTypes.createStructField("loss", DataTypes.DoubleType, true);

    @Override
    public List<StructField> ownColumns() {
        return List.of(LOSS);
    }

    @Override
    public boolean needsTarget() {
        return true;
    }

    @Override
    public List<Row> compute(CtcBatch batch, List<Utterance> utterances, @Nullable CtcBackend backend) {
        CtcResult result = losses(batch, options, Objects.requireNonNull(backend));
        List<Row> rows = new ArrayList<>();
        for (int b = 0; b < batch.batchSize(); b++) {
            rows.add(row(utterances.get(b), result.status(b).name(), result.loss(b)));
        }
        return rows;
    }

    static CtcResult losses(CtcBatch batch, CorpusOptions options, CtcBackend backend) {
        CtcOptions computing = CtcOptions.defaults()
                .withScores(options.input().scores())
                .withZeroInfinity(options.zeroInfinity())
                .withGradient(false);
        return backend.compute(batch, computing);
    }
}
