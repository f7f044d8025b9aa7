package io.github.tornadoctc.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a corpus costs without Spark: files of a {@link MadeUpCorpus} are read by parquet-java, several at a time, and losses or
 * alignments computed in the same batches on the same backend.
 */
public final class PlainProcess {
    private PlainProcess() {}

    /**
     * Reads and computes a directory on so many threads.
     *
     * @param align whether alignments are computed, else losses alone
     */
    public static List<Row> results(String directory, int threads, CorpusOptions options, boolean align)
            throws InterruptedException, ExecutionException {
        File[] files = new File(directory).listFiles(file -> file.getName().endsWith(".parquet"));
        List<Future<List<Row>>> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (File file : Objects.requireNonNull(files)) {
                results.add(pool.submit(() -> results(file, options, align)));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Future<List<Row>> result : results) {
            rows.addAll(result.get());
        }
        return rows;
    }

    private static List<Row> results(File file, CorpusOptions options, boolean align) throws IOException {
        UtteranceReader utterances = new UtteranceReader(options.input(), new TargetReader(options, false), null);
        List<Row> results = new ArrayList<>();
        try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), new Path(file.toURI()))
                .build()) {
            new PartitionRows(
                            rows(reader),
                            utterances,
                            align ? new AlignOperation(options) : new LossOperation(options),
                            options,
                            () -> ExecutorBackend.of(options.backend(), 1))
                    .forEachRemaining(results::add);
        }
        return results;
    }

    private static Iterator<Row> rows(ParquetReader<Group> reader) throws IOException {
        return new Iterator<>() {
            private @Nullable Group next = reader.read();

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Row next() {
                Row row = row(Objects.requireNonNull(next));
                try {
                    next = reader.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return row;
            }
        };
    }

    private static Row row(Group group) {
        Group list = group.getGroup("target", 0);
        Long[] target = new Long[list.getFieldRepetitionCount(0)];
        Arrays.setAll(target, u -> (long) list.getGroup(0, u).getInteger(0, 0));
        return RowFactory.create(
                group.getLong("id", 0),
                (long) group.getInteger("T", 0),
                (long) group.getInteger("V", 0),
                group.getBinary("scores", 0).getBytes(),
                null,
                CollectionConverters.asScala(List.of(target)).toSeq());
    }
}
