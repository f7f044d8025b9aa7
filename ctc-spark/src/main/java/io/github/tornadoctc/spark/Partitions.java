package io.github.tornadoctc.spark;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What tasks do with their partitions; it travels to the executors. */
final class Partitions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final CorpusOperation operation;
    private final CorpusOptions options;
    private final @Nullable ScoreFiles files;

    Partitions(CorpusOperation operation, CorpusOptions options, @Nullable ScoreFiles files) {
        this.operation = operation;
        this.options = options;
        this.files = files;
    }

    /**
     * The results of all partitions: of Spark's batches of columns if it has those, which saves copying the scores twice, and of
     * its rows if not.
     *
     * @param schema of the results
     */
    Dataset<Row> map(InputColumns.Selected selected, StructType schema) {
        return ColumnarScan.of(selected)
                .map(scan -> map(scan, schema, selected.rows()))
                .orElseGet(() -> {
                    int[] positions = selected.positions();
                    MapPartitionsFunction<Row, Row> ofRows = rows -> results(DatasetRow.all(rows, positions));
                    return selected.rows().mapPartitions(ofRows, Encoders.row(schema));
                });
    }

    private Dataset<Row> map(ColumnarScan scan, StructType schema, Dataset<Row> of) {
        int[] positions = scan.positions();
        JavaRDD<Row> results = scan.batches().mapPartitions(batches -> results(new ColumnarRow(batches, positions)));
        return of.sparkSession().createDataFrame(results, schema);
    }

    private Iterator<Row> results(Iterator<UtteranceRow> rows) {
        TargetReader targets =
                operation.needsTarget() ? new TargetReader(options, operation instanceof AlignOperation) : null;
        UtteranceReader reader = new UtteranceReader(options.input(), targets, files);
        return new PartitionRows(
                rows, reader, operation, options, () -> ExecutorBackend.of(options.backend(), threads()));
    }

    /** Of a task; more of them run beside each other. */
    private static int threads() {
        TaskContext task = TaskContext.get();
        return task == null ? 1 : task.cpus();
    }
}
