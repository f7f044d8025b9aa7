package io.github.tornadoctc.spark.corpus;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an output has, and what of it this run has computed. Rows are counted by the tasks that write them, of which each counts
 * once, however often it is tried.
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

    /** Adds up what became of chunks. */
    static final class Builder {
        private final Map<String, Long> rows = new TreeMap<>();
        private long frames;
        private long computedRows;
        private long computedFrames;
        private long nanos;

        /** Of this run or of an earlier one. */
        void add(ChunkResult result) {
            result.rows().forEach((status, count) -> rows.merge(status, count, Long::sum));
            frames += result.frames();
        }

        /** Of this run, which took so long. */
        void computed(ChunkResult result, long chunkNanos) {
            computedRows += result.allRows();
            computedFrames += result.frames();
            nanos += chunkNanos;
        }

        CorpusSummary build() {
            return new CorpusSummary(rows, frames, computedRows, computedFrames, nanos / 1e9);
        }
    }
}
