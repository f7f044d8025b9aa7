package io.github.tornadoctc.spark;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What a task does with its partition; it travels to the executors. */
final class PartitionFunction implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final CorpusOperation operation;
    private final CorpusOptions options;
    private final @Nullable ScoreFiles files;

    PartitionFunction(CorpusOperation operation, CorpusOptions options, @Nullable ScoreFiles files) {
        this.operation = operation;
        this.options = options;
        this.files = files;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
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
