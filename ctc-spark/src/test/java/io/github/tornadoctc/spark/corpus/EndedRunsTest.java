package io.github.tornadoctc.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tornadoctc.spark.CtcFunctions;
import io.github.tornadoctc.spark.LocalSpark;
import io.github.tornadoctc.spark.MadeUpCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a run ends, the next one goes on, and every utterance is in the output once. */
class EndedRunsTest {
    private static final int UTTERANCES = 60;
    /** A chunk for each of the three files. */
    private static final long CHUNK = 1;

    @TempDir
    static Path corpus;

    @TempDir
    Path directory;

    private String input = "";
    private String output = "";

    /** Stands for whatever ends a run early. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Ends a run before a chunk is computed. */
    private record EndingBefore(int chunk, List<Integer> begun) implements CorpusJob.Watcher {
        @Override
        public void plan(List<Chunk> chunks) {}

        @Override
        public void begins(Chunk next) {
            if (next.number() == chunk) {
                throw new Ended();
            }
            begun.add(next.number());
        }

        @Override
        public void done(Chunk done, int count, boolean before) {}
    }

    @BeforeAll
    static void writeCorpus() {
        MadeUpCorpus.write(LocalSpark.SESSION, corpus + "/in", UTTERANCES, id -> (int) (id * 7 % 50), 6, 4, 3);
    }

    @BeforeEach
    void nameDirectories() {
        input = corpus.resolve("in").toString();
        output = directory.resolve("out").toString();
    }

    private CorpusJob job() {
        return new CorpusJob(input, output, CorpusMode.LOSS, LocalSpark.ON_CPU, CHUNK);
    }

    private List<Row> results() {
        return LocalSpark.SESSION.read().parquet(output).sort("id").collectAsList();
    }

    private List<Row> atOnce() {
        return CtcFunctions.loss(LocalSpark.SESSION.read().parquet(input), LocalSpark.ON_CPU)
                .sort("id")
                .collectAsList();
    }

    @Test
    void aRunGoesOnWithWhatIsNotDone() throws IOException {
        List<Integer> begun = new ArrayList<>();
        assertThatThrownBy(() -> job().run(LocalSpark.SESSION, new EndingBefore(1, begun)))
                .isInstanceOf(Ended.class);
        // what is there is complete
        assertThat(results()).hasSize(UTTERANCES / 3);
        assertThat(Path.of(output, "_SUCCESS")).doesNotExist();
        CorpusSummary summary = job().run(LocalSpark.SESSION, new EndingBefore(-1, begun));
        assertThat(begun).containsExactly(0, 1, 2);
        assertThat(results()).isEqualTo(atOnce());
        assertThat(summary.allRows()).isEqualTo(UTTERANCES);
        assertThat(summary.computedRows()).isEqualTo(UTTERANCES * 2 / 3);
        assertThat(job().run(LocalSpark.SESSION).computedRows()).isZero();
    }

    /** The job of a chunk ends well, and then the run ends before all its files are moved, or are told of. */
    @Test
    void whatAJobHasWrittenIsMovedOnceWhereverThatEnded() throws IOException {
        job().run(LocalSpark.SESSION);
        List<Row> expected = results();
        Path record = Path.of(output, "_corpus", "computed", "chunk-00001");
        JsonNode result = new ObjectMapper().readTree(record.toFile());
        Path staging = Path.of(output, result.get("directory").asText());
        moveBack(Files.createDirectories(staging));
        Files.delete(Path.of(output, "_corpus", "done", "chunk-00001"));
        assertThat(results()).hasSize(UTTERANCES * 2 / 3);
        CorpusSummary summary = job().run(LocalSpark.SESSION);
        assertThat(summary.computedRows()).isZero();
        assertThat(summary.allRows()).isEqualTo(UTTERANCES);
        assertThat(results()).isEqualTo(expected);
        Files.delete(Path.of(output, "_corpus", "done", "chunk-00001"));
        assertThat(job().run(LocalSpark.SESSION).computedRows()).isZero();
        assertThat(results()).isEqualTo(expected);
        assertThat(Path.of(output, "_corpus", "running")).doesNotExist();
    }

    /** The run ends while tasks write, or before it says that they have, or while: the files are thrown away. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAJobHasNotCommittedIsNeverSeen(boolean begunToSay) throws IOException {
        job().run(LocalSpark.SESSION);
        List<Row> expected = results();
        Path staging = Files.createDirectories(Path.of(output, "_corpus", "running", "earlier", "chunk-00001"));
        moveBack(staging);
        Files.createDirectories(staging.resolve("_temporary/0/task_0"));
        Files.createFile(staging.resolve("_temporary/0/task_0/part-00007-stale.parquet"));
        Files.delete(Path.of(output, "_corpus", "done", "chunk-00001"));
        Path record = Path.of(output, "_corpus", "computed", "chunk-00001");
        if (begunToSay) {
            Files.writeString(record, "{\"directory\":");
        } else {
            Files.delete(record);
        }
        assertThat(job().run(LocalSpark.SESSION).computedRows()).isEqualTo(UTTERANCES / 3);
        assertThat(results()).isEqualTo(expected);
    }

    /** Files of a chunk go back to where its job wrote them. */
    private void moveBack(Path staging) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(output))) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.contains("chunk-00001-")) {
                    Files.move(file, staging.resolve(name.replace("chunk-00001-", "")));
                }
            }
        }
    }
}
