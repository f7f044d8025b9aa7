package io.github.tornadoctc.spark.corpus;

import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.spark.CtcFunctions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What became of a chunk.
 *
 * @param directory where its job has written, below the output
 * @param rows of each status that there is
 * @param frames in all
 */
record ChunkResult(String directory, Map<String, Long> rows, long frames) {
    private static final String FRAMES = "frames";

    ChunkResult {
        rows = Map.copyOf(rows);
    }

    /** How many rows there are in all. */
    long allRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rows that are counted on their way into files, so that these need not be read again. */
    static Dataset<Row> counted(Dataset<Row> results, Observation observation) {
        Column frames =
                functions.coalesce(functions.sum(FRAMES), functions.lit(0L)).as(FRAMES);
        List<Column> rows = new ArrayList<>();
        statuses()
                .forEach(status -> rows.add(functions
                        .count_if(functions.col("status").equalTo(status))
                        .as(status)));
        return results.observe(observation, frames, rows.toArray(Column[]::new));
    }

    /** What was counted, once the job has ended. */
    static ChunkResult of(String directory, Observation observation) {
        Map<String, Object> counts;
        try {
            counts = observation.getAsJava();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        Map<String, Long> rows = new TreeMap<>();
        statuses().forEach(status -> rows.put(status, count(counts, status)));
        rows.values().removeIf(count -> count == 0);
        return new ChunkResult(directory, rows, count(counts, FRAMES));
    }

    private static long count(Map<String, Object> counts, String name) {
        return (Long) Objects.requireNonNull(counts.get(name), name);
    }

    private static Stream<String> statuses() {
        return Stream.concat(Arrays.stream(CtcStatus.values()).map(Enum::name), Stream.of(CtcFunctions.INVALID));
    }
}
