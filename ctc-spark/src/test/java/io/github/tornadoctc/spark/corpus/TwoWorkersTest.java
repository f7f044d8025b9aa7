package io.github.tornadoctc.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyType;
import io.github.tornadoctc.spark.KillingProvider;
import io.github.tornadoctc.spark.LocalSpark;
import io.github.tornadoctc.spark.MadeUpCorpus;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar, started by spark-submit on a master and two workers, of which one is killed in the middle of a task: every
 * utterance is in the output once, with the bits that one process computes of it alone.
 */
@Tag("packaged")
class TwoWorkersTest {
    private static final int UTTERANCES = 3000;
    private static final Path JOB = Path.of("target", "ctc-spark-job.jar").toAbsolutePath();

    @TempDir
    Path directory;

    /** Most are short and a few are long; one, in the middle, has the length that the worker dies of. */
    private static int frames(long id) {
        if (id == UTTERANCES / 2) {
            return KillingProvider.FRAMES;
        }
        return id % 50 == 0 ? 400 + (int) (id % 7) : 1 + (int) (id * 31 % 60);
    }

    @Test
    void aWorkerThatDiesLosesAndDoublesNothing() throws IOException, InterruptedException {
        Path input = directory.resolve("in");
        Path output = directory.resolve("out");
        Path mark = directory.resolve("killed");
        MadeUpCorpus.write(LocalSpark.SESSION, input.toString(), UTTERANCES, TwoWorkersTest::frames, 12, 20, 10);
        try (LoopbackCluster cluster = new LoopbackCluster(directory.resolve("spark"), 2)) {
            LoopbackCluster.Submitted ran = cluster.submit(
                    "--conf",
                    "spark.executorEnv.%s=%s".formatted(KillingProvider.MARK, mark),
                    "--jars",
                    killingJar().toString(),
                    "--class",
                    "io.github.tornadoctc.spark.corpus.CorpusMain",
                    JOB.toString(),
                    input.toString(),
                    output.toString(),
                    "--backend",
                    "killing",
                    // batches of a few, so that there are tasks to be in the middle of
                    "--batch-memory",
                    "64KB",
                    "--window-memory",
                    "256KB");
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out()).startsWith("%d rows: %d OK".formatted(UTTERANCES, UTTERANCES));
            assertThat(mark).exists();
            // the master and the other worker
            assertThat(cluster.alive()).isEqualTo(2);
        }
        assertBitsAreThoseOfOneProcess(input, output);
    }

    /** What comes to the executors beside the job. */
    private Path killingJar() throws IOException {
        Path jar = directory.resolve("killing.jar");
        Path classes = Path.of("target", "test-classes");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.list(classes.resolve("io/github/tornadoctc/spark"))) {
            for (Path file : files.filter(each -> each.toString().contains("KillingProvider"))
                    .toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
            entries.putNextEntry(new JarEntry("META-INF/services/io.github.tornadoctc.CtcBackendProvider"));
            entries.write(KillingProvider.class.getName().getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static void assertBitsAreThoseOfOneProcess(Path input, Path output) {
        List<Row> results = LocalSpark.SESSION.read().parquet(output.toString()).collectAsList();
        assertThat(results).hasSize(UTTERANCES);
        Map<Long, Double> losses = new HashMap<>();
        results.forEach(row -> losses.put(row.getAs("id"), row.getAs("loss")));
        assertThat(losses).hasSize(UTTERANCES);
        try (CtcBackend cpu = CtcBackends.open("cpu");
                Arena arena = Arena.ofShared()) {
            for (Row row : LocalSpark.SESSION.read().parquet(input.toString()).collectAsList()) {
                int frames = row.<Integer>getAs("T");
                int symbols = row.<Integer>getAs("V");
                MemorySegment scores = arena.allocate(4L * frames * symbols, 4);
                NpyArray.ofLittleEndian(
                                NpyType.FLOAT32, MemorySegment.ofArray(row.<byte[]>getAs("scores")), frames, symbols)
                        .copyTo(scores);
                CtcBatch batch = CtcBatch.builder(frames, 1, symbols)
                        .scores(scores)
                        .targets(row.<Integer>getList(row.fieldIndex("target")).stream()
                                .mapToInt(Integer::intValue)
                                .toArray())
                        .build();
                double alone = cpu.compute(batch, CtcOptions.defaults().withGradient(false))
                        .loss(0);
                assertThat(losses.get(row.<Long>getAs("id"))).isEqualTo(alone);
            }
        }
    }
}
