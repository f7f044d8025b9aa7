package io.github.tornadoctc.spark.corpus;

import io.github.tornadoctc.spark.CorpusOptions;
import java.io.IOException;
import org.apache.spark.sql.Observation;

/** A run of a job, which has the output for itself. */
record CorpusRun(CorpusJob job, CorpusOptions options, CorpusFiles corpus, OutputDirectory directory, RunLock lock) {
    /** Computes what is not done yet. */
    CorpusSummary run(CorpusJob.Watcher watcher) throws IOException {
        Manifest manifest = job.manifest(corpus, directory);
        directory.begin(manifest);
        CorpusSummary.Builder summary = new CorpusSummary.Builder();
        watcher.plan(manifest.chunks());
        int count = 0;
        for (Chunk chunk : manifest.chunks()) {
            boolean before = directory.isDone(chunk);
            ChunkResult result = directory.computed(chunk).orElse(null);
            if (!before) {
                watcher.begins(chunk);
            }
            if (result == null) {
                long start = System.nanoTime();
                result = compute(chunk);
                summary.computed(result, System.nanoTime() - start);
            }
            if (!before) {
                directory.publish(chunk, result);
            }
            summary.add(result);
            watcher.done(chunk, ++count, before);
        }
        directory.complete();
        return summary.build();
    }

    private ChunkResult compute(Chunk chunk) throws IOException {
        String staging = directory.staging(chunk, lock);
        Observation counts = new Observation();
        ChunkResult.counted(job.mode().apply(corpus.read(chunk), options), counts)
                .write()
                .parquet(directory.path(staging).toString());
        ChunkResult result = ChunkResult.of(staging, counts);
        directory.commit(chunk, result, lock);
        return result;
    }
}
