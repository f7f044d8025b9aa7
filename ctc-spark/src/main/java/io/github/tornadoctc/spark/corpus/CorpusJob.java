package io.github.tornadoctc.spark.corpus;

import io.github.tornadoctc.spark.CorpusInput;
import io.github.tornadoctc.spark.CorpusOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Computes a corpus of Parquet files chunk by chunk. Whenever it ends before it is done, the next run on the same directories
 * goes on with what is not done, files included that have been added or replaced meanwhile. Every row of the input becomes
 * exactly one of the output. A second run on the same output at the same time is refused.
 *
 * @param input a file, a directory or a pattern, as Spark reads it
 * @param output a directory that does not exist, is empty, or is of an earlier run with the same settings
 * @param chunkBytes the bytes of input files that become visible together, and that a run which ends early loses at most; a
 *     file is never in two chunks
 */
public record CorpusJob(String input, String output, CorpusMode mode, CorpusOptions options, long chunkBytes) {
    /** The chunks of 16 GiB that are usual. */
    public static final long USUAL_CHUNK_BYTES = 16L << 30;

    /** Checks the number. */
    public CorpusJob {
        if (chunkBytes < 1) {
            throw new IllegalArgumentException("chunkBytes = %d is less than 1".formatted(chunkBytes));
        }
    }

    /** Is told how a run goes on. */
    interface Watcher {
        /** Another run may have the output; it is looked at again after a while. */
        default void waits(String holder, Duration time) throws InterruptedException {
            Thread.sleep(time);
        }

        /** These are all chunks. */
        void plan(List<Chunk> chunks);

        /** A chunk is computed next. */
        void begins(Chunk chunk) throws IOException;

        /**
         * A chunk is done.
         *
         * @param count how many are
         * @param before whether it was done when the run began
         */
        void done(Chunk chunk, int count, boolean before);
    }

    /**
     * Computes what is not done yet.
     *
     * @throws CorpusException if there is nothing to read, the output is of something else, or another run has it
     * @throws IllegalArgumentException if a column is missing or of a wrong type
     * @throws IOException if a file system fails
     */
    public CorpusSummary run(SparkSession session) throws IOException {
        return run(session, new Watcher() {
            @Override
            public void plan(List<Chunk> chunks) {}

            @Override
            public void begins(Chunk chunk) {}

            @Override
            public void done(Chunk chunk, int count, boolean before) {}
        });
    }

    /** Computes what is not done yet, and tells how it goes on. */
    CorpusSummary run(SparkSession session, Watcher watcher) throws IOException {
        CorpusFiles corpus = new CorpusFiles(session, input);
        CorpusOptions located = options.withInput(options.input().withDirectory(corpus.directory()));
        // before a directory is begun in vain
        mode.apply(session.createDataFrame(List.of(), corpus.schema()), located);
        OutputDirectory directory = new OutputDirectory(output, CorpusFiles.configuration(session));
        try (RunLock lock = directory.lock(watcher::waits)) {
            return new CorpusRun(this, located, corpus, directory, lock).run(watcher);
        }
    }

    /** The manifest of a run on these files. */
    Manifest manifest(CorpusFiles corpus, OutputDirectory directory) throws IOException {
        return directory
                .manifest()
                .map(begun ->
                        begun.continued(directory.toString(), settings(), corpus.all(), chunkBytes, chunk -> directory
                                .computed(chunk)
                                .isPresent()))
                .orElseGet(() -> new Manifest(settings(), Chunk.of(corpus.all(), chunkBytes, 0)));
    }

    /** What decides what is in the output. */
    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        CorpusInput in = options.input();
        settings.put("mode", mode.name());
        settings.put("backend", options.backend());
        settings.put("columns", in.columns().toString());
        settings.put("scores", in.scores().name());
        settings.put("dtype", in.type().toString());
        settings.put("blank", Integer.toString(in.blank()));
        settings.put("tokens", String.join(" ", in.tokens()));
        settings.putAll(modes());
        return settings;
    }

    private Map<String, String> modes() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (mode == CorpusMode.DECODE) {
            settings.put("beam", Integer.toString(options.beamWidth()));
            settings.put("token threshold", Double.toString(options.tokenThreshold()));
        } else {
            settings.put("zero infinity", Boolean.toString(options.zeroInfinity()));
        }
        if (mode == CorpusMode.ALIGN) {
            settings.put("partial", Boolean.toString(options.partial()));
            settings.put("wildcard cost", Double.toString(options.wildcardCost()));
        }
        return settings;
    }
}
