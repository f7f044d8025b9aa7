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
 * What a corpus costs without Spark: a process that reads the files of a {@link MadeUpCorpus} by parquet-java, several
 * at a time, and computes losses in the same batches on the same backend; it keeps them and writes nothing. It takes a directory and a number
 * of threads, and prints how long that took without the start of the JVM.
 */
public final class PlainProcess {
    private PlainProcess() {}

    /** Reads and computes. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        File[] files = new File(args[0]).listFiles(file -> file.getName().endsWith(".parquet"));
        List<Future<List<Row>>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(args[1]))) {
            for (File file : files == null ? new File[0] : files) {
                results.add(threads.submit(() -> losses(file)));
            }
        }
        long rows = 0;
        long frames = 0;
        for (Future<List<Row>> result : results) {
            rows += result.get().size();
            frames += result.get().stream().mapToLong(row -> row.getInt(3)).sum();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d rows of %d frames in %.2f s: %.0f frames a second%n", rows, frames, seconds, frames / seconds);
    }

    private static List<Row> losses(File file) throws IOException {
        CorpusOptions options = CorpusOptions.defaults().withBackend("cpu");
        UtteranceReader utterances = new UtteranceReader(options.input(), new TargetReader(options, false), null);
        List<Row> losses = new ArrayList<>();
        try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), new Path(file.toURI()))
                .build()) {
            new PartitionRows(
                            rows(reader),
                            utterances,
                            new LossOperation(options),
                            options,
                            () -> ExecutorBackend.of("cpu", 1))
                    .forEachRemaining(losses::add);
        }
        return losses;
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
