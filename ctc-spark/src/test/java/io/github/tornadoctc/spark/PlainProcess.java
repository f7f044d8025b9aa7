package io.github.tornadoctc.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * What a corpus costs without Spark: files of a {@link MadeUpCorpus} are read by parquet-java, several at a time, and losses or
 * alignments computed in the same batches on the same backend.
 */
public final class PlainProcess {
    private PlainProcess() {}

    /**
     * Computes a directory on so many threads.
     *
     * @param output a new directory for the results, or null to keep them in memory
     * @param align whether alignments are computed, else losses alone
     * @return how many rows there are
     */
    public static long run(String directory, @Nullable String output, int threads, CorpusOptions options, boolean align)
            throws IOException, InterruptedException, ExecutionException {
        CorpusOperation operation = align ? new AlignOperation(options) : new LossOperation(options);
        File[] files = new File(directory).listFiles(file -> file.getName().endsWith(".parquet"));
        List<Future<Long>> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (File file : Objects.requireNonNull(files)) {
                results.add(pool.submit(() -> results(file, output, operation, options)));
            }
        }
        long rows = 0;
        for (Future<Long> result : results) {
            rows += result.get();
        }
        return rows;
    }

    private static long results(File file, @Nullable String output, CorpusOperation operation, CorpusOptions options)
            throws IOException {
        UtteranceReader utterances = new UtteranceReader(options.input(), new TargetReader(options, false), null);
        try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), new Path(file.toURI()))
                .build()) {
            Iterator<Row> rows = new PartitionRows(
                    rows(reader), utterances, operation, options, () -> ExecutorBackend.of(options.backend(), 1));
            return output == null ? keep(rows) : write(rows, new Path(output, file.getName()), operation);
        }
    }

    private static long keep(Iterator<Row> rows) {
        List<Row> results = new ArrayList<>();
        rows.forEachRemaining(results::add);
        return results.size();
    }

    private static long write(Iterator<Row> rows, Path file, CorpusOperation operation) throws IOException {
        long count = 0;
        try (PlainOutput out = new PlainOutput(file, operation.schema(DataTypes.LongType))) {
            while (rows.hasNext()) {
                out.write(rows.next());
                count++;
            }
        }
        return count;
    }

    private static Iterator<UtteranceRow> rows(ParquetReader<Group> reader) throws IOException {
        return new Iterator<>() {
            private @Nullable Group next = reader.read();

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public UtteranceRow next() {
                UtteranceRow row = new GroupRow(Objects.requireNonNull(next));
                try {
                    next = reader.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return row;
            }
        };
    }
}
