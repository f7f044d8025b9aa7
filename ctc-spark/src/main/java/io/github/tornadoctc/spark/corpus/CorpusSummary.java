package io.github.tornadoctc.spark.corpus;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What an output has, counted in the output itself, and what of it this run has computed.
 *
 * @param rows of each status, in all
 * @param frames in all
 * @param computedRows of this run
 * @param computedFrames of this run
 * @param seconds that this run's chunks have taken
 */
public record CorpusSummary(
        Map<String, Long> rows, long frames, long computedRows, long computedFrames, double seconds) {
    /** With a map of its own, by status. */
    public CorpusSummary {
        rows = new TreeMap<>(rows);
    }

    /** All rows. */
    public long allRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Frames that this run has computed in a second; 0 if it had nothing to do. */
    public double framesPerSecond() {
        return computedFrames == 0 ? 0 : computedFrames / seconds;
    }

    /** Remembers which chunks a run has computed. */
    static final class Builder {
        private final Set<String> computed = new HashSet<>();
        private long nanos;

        void computed(Chunk chunk, long chunkNanos) {
            computed.add(chunk.name());
            nanos += chunkNanos;
        }

        CorpusSummary count(Dataset<Row> output) {
            Map<String, Long> rows = new TreeMap<>();
            long frames = 0;
            long computedRows = 0;
            long computedFrames = 0;
            Dataset<Row> counts = output.groupBy(functions.input_file_name().as("file"), functions.col("status"))
                    .agg(
                            functions.count(functions.lit(1)).as("rows"),
                            functions
                                    .coalesce(functions.sum("frames"), functions.lit(0L))
                                    .as("frames"));
            for (Row row : counts.collectAsList()) {
                rows.merge(row.getAs("status"), row.<Long>getAs("rows"), Long::sum);
                frames += row.<Long>getAs("frames");
                String file = row.getAs("file");
                // chunk-00007-part-…
                String chunk = file.substring(file.lastIndexOf('/') + 1).replaceFirst("-part-.*", "");
                if (computed.contains(chunk)) {
                    computedRows += row.<Long>getAs("rows");
                    computedFrames += row.<Long>getAs("frames");
                }
            }
            return new CorpusSummary(rows, frames, computedRows, computedFrames, nanos / 1e9);
        }
    }
}
