package io.github.tornadoctc.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tornadoctc.spark.CtcFunctions;
import io.github.tornadoctc.spark.LocalSpark;
import io.github.tornadoctc.spark.MadeUpCorpus;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs on one output: the second one is refused, unless the first one is dead, and then it goes on. */
class RunsAtOnceTest {
    private static final int UTTERANCES = 200;
    private static final int FILES = 20;

    @TempDir
    static Path corpus;

    /** Of the smallest file; all have about as many. */
    private static long bytes;

    @TempDir
    Path directory;

    @BeforeAll
    static void writeCorpus() throws IOException {
        MadeUpCorpus.write(LocalSpark.SESSION, corpus + "/in", UTTERANCES, id -> 10, 5, 4, FILES);
        try (Stream<Path> files = Files.list(corpus.resolve("in"))) {
            bytes = files.map(Path::toFile)
                    .filter(file -> file.getName().endsWith(".parquet"))
                    .mapToLong(File::length)
                    .min()
                    .orElseThrow();
        }
    }

    /** Of chunks of so many files. */
    private CorpusJob job(int files) {
        return new CorpusJob(corpus + "/in", directory + "/out", CorpusMode.LOSS, LocalSpark.ON_CPU, files * bytes);
    }

    private List<Row> results() {
        return LocalSpark.SESSION.read().parquet(directory + "/out").sort("id").collectAsList();
    }

    private static List<Row> expected() {
        Dataset<Row> utterances = LocalSpark.SESSION.read().parquet(corpus + "/in");
        return CtcFunctions.loss(utterances, LocalSpark.ON_CPU).sort("id").collectAsList();
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), CorpusMain.class.getName()));
        command.addAll(List.of(corpus + "/in", directory + "/out", "--master", "local[1]", "--backend", "cpu"));
        command.addAll(List.of("--chunk", "1"));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void theSecondIsRefusedAndAfterTheFirstIsKilledGoesOn() throws IOException {
        Process first = start();
        try (BufferedReader err = first.errorReader()) {
            String line = err.readLine();
            while (line != null && !line.startsWith("ctc: chunk 1 of 20")) {
                line = err.readLine();
            }
            assertThat(line).isNotNull();
            assertThatThrownBy(() -> job(1).run(LocalSpark.SESSION))
                    .isInstanceOf(CorpusException.class)
                    .hasMessageContaining("a run has it that goes on, process %d on".formatted(first.pid()));
        } finally {
            first.destroyForcibly().onExit().join();
        }
        assertThat(directory.resolve("out/_corpus/lock")).exists();
        assertThat(directory.resolve("out/_SUCCESS")).doesNotExist();
        CorpusSummary summary = job(1).run(LocalSpark.SESSION);
        assertThat(summary.allRows()).isEqualTo(UTTERANCES);
        assertThat(summary.computedRows()).isBetween(1L, (long) UTTERANCES - 1);
        assertThat(results()).isEqualTo(expected());
        assertThat(directory.resolve("out/_corpus/lock")).doesNotExist();
        assertThat(directory.resolve("out/_corpus/running")).doesNotExist();
    }

    /** Stopped for so long that another one has taken the lock: nothing more of it appears. */
    @Test
    void aRunThatHasLostItsLockPublishesNothing() throws IOException {
        Path lock = directory.resolve("out/_corpus/lock");
        LockHolder other = new LockHolder("other", "host-7", "", 42, 0, "then", 0);
        assertThatThrownBy(() -> job(FILES / 4)
                        .run(
                                LocalSpark.SESSION,
                                new Interrupting(
                                        1, () -> Files.write(lock, new ObjectMapper().writeValueAsBytes(other)))))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("is no longer this run's");
        assertThat(results()).hasSize(UTTERANCES / 4);
        Files.delete(lock);
        job(FILES / 4).run(LocalSpark.SESSION);
        assertThat(results()).isEqualTo(expected());
    }

    /** It was stopped between looking at the lock and its record: the other one has the chunk. */
    @Test
    void aChunkIsCommittedOnce() throws IOException {
        assertThatThrownBy(() -> job(FILES / 4).run(LocalSpark.SESSION, new Interrupting(1, () -> {
                    ChunkResult ofOther = new ChunkResult("_corpus/running/other/chunk-00001", Map.of("OK", 5L), 50);
                    Files.write(
                            directory.resolve("out/_corpus/computed/chunk-00001"),
                            new ObjectMapper().writeValueAsBytes(ofOther));
                })))
                .hasMessageContaining("another run has computed chunk-00001 meanwhile");
        assertThat(results()).hasSize(UTTERANCES / 4);
    }

    /** Something that happens while a chunk is computed. */
    private interface Event {
        void happen() throws IOException;
    }

    /** Lets it happen, after it has been looked whether the chunk is computed. */
    private record Interrupting(int chunk, Event event) implements CorpusJob.Watcher {
        @Override
        public void plan(List<Chunk> chunks) {}

        @Override
        public void begins(Chunk next) throws IOException {
            if (next.number() == chunk) {
                event.happen();
            }
        }

        @Override
        public void done(Chunk done, int count, boolean before) {}
    }
}
