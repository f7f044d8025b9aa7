package io.github.tornadoctc.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A dataset whose rows Spark has as batches of columns, and would only copy to rows for those who read it: files of Parquet, of
 * which columns are selected and nothing else is done.
 *
 * @param batches that it has
 * @param positions where in a batch the columns are, by the constants of {@link InputColumns}; -1 of those that are missing
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ColumnarScan(JavaRDD<ColumnarBatch> batches, int[] positions) {
    /** Empty if Spark's plan has rows at its end. */
    static Optional<ColumnarScan> of(InputColumns.Selected selected) {
        Dataset<Row> rows = selected.rows();
        if (rows.isStreaming() || !(inner(rows.queryExecution().executedPlan()) instanceof ColumnarToRowExec toRows)) {
            return Optional.empty();
        }
        SparkPlan scan = inner(toRows.child());
        List<Long> has = ids(scan.output());
        List<Long> wanted = ids(rows.queryExecution().analyzed().output());
        if (!has.containsAll(wanted)) {
            return Optional.empty();
        }
        int[] positions = Arrays.stream(selected.positions())
                .map(column -> column < 0 ? -1 : has.indexOf(wanted.get(column)))
                .toArray();
        return Optional.of(new ColumnarScan(scan.executeColumnar().toJavaRDD(), positions));
    }

    /** What is in what only generates code, or only leaves out columns. */
    private static SparkPlan inner(SparkPlan plan) {
        if (plan instanceof WholeStageCodegenExec stage) {
            return inner(stage.child());
        } else if (plan instanceof InputAdapter adapter) {
            return inner(adapter.child());
        } else if (plan instanceof ProjectExec project && onlySelects(project)) {
            return inner(project.child());
        }
        return plan;
    }

    private static boolean onlySelects(ProjectExec project) {
        return CollectionConverters.asJava(project.projectList()).stream().allMatch(Attribute.class::isInstance);
    }

    private static List<Long> ids(scala.collection.Seq<Attribute> attributes) {
        return CollectionConverters.asJava(attributes).stream()
                .map(attribute -> attribute.exprId().id())
                .toList();
    }
}
