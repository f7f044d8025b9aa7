package io.github.tornadoctc.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.spark.CorpusOptions;
import io.github.tornadoctc.spark.CtcFunctions;
import io.github.tornadoctc.spark.LocalSpark;
import io.github.tornadoctc.spark.MadeUpCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every utterance of a corpus is in the output once, and an output of something else is refused. */
class CorpusJobTest {
    private static final int UTTERANCES = 60;
    /** A chunk for each of the three files. */
    private static final long CHUNK = 1;

    @TempDir
    static Path corpus;

    @TempDir
    Path directory;

    private String input = "";
    private String output = "";

    @BeforeAll
    static void writeCorpus() {
        MadeUpCorpus.write(LocalSpark.SESSION, corpus + "/in", UTTERANCES, id -> (int) (id * 7 % 50), 6, 4, 3);
    }

    @BeforeEach
    void nameDirectories() {
        input = corpus.resolve("in").toString();
        output = directory.resolve("out").toString();
    }

    /** A corpus of one's own, to change it. */
    private void copyCorpus() throws IOException {
        Path copy = Files.createDirectory(directory.resolve("in"));
        try (Stream<Path> files = Files.list(Path.of(input))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(String.valueOf(file.getFileName())));
            }
        }
        input = copy.toString();
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
    void everyUtteranceIsThereOnceAsTheFunctionsHaveIt() throws IOException {
        CorpusSummary summary = job().run(LocalSpark.SESSION);
        assertThat(results()).hasSize(UTTERANCES).isEqualTo(atOnce());
        assertThat(summary.allRows()).isEqualTo(UTTERANCES);
        assertThat(summary.computedRows()).isEqualTo(UTTERANCES);
        assertThat(summary.frames())
                .isEqualTo(results().stream()
                        .mapToLong(row -> row.<Integer>getAs("frames"))
                        .sum());
        assertThat(Path.of(output, "_SUCCESS")).exists();
    }

    private static String firstPart(Path corpus) throws IOException {
        try (Stream<Path> files = Files.list(corpus)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("part-"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void filesThatAreAddedAreFurtherChunks() throws IOException {
        copyCorpus();
        job().run(LocalSpark.SESSION);
        Path added = Path.of(input, "part-99999-added.parquet");
        Files.copy(Path.of(input, firstPart(Path.of(input))), added);
        CorpusSummary summary = job().run(LocalSpark.SESSION);
        assertThat(summary.computedRows()).isEqualTo(UTTERANCES / 3);
        assertThat(results()).hasSize(UTTERANCES * 4 / 3).isEqualTo(atOnce());
    }

    @Test
    void anOutputOfSomethingElseIsRefused() throws IOException {
        copyCorpus();
        CorpusOptions options = LocalSpark.ON_CPU;
        job().run(LocalSpark.SESSION);
        CorpusJob aligning = new CorpusJob(input, output, CorpusMode.ALIGN, options, CHUNK);
        assertThatThrownBy(() -> aligning.run(LocalSpark.SESSION))
                .isInstanceOf(CorpusException.class)
                .hasMessageEndingWith("out: was begun with mode = LOSS, not ALIGN; another directory would do");
        Files.setLastModifiedTime(Path.of(input, firstPart(Path.of(input))), FileTime.fromMillis(1000));
        assertThatThrownBy(() -> job().run(LocalSpark.SESSION))
                .hasMessageMatching(".*out: has the results of .*in/part-00000-.*, which has changed since; another"
                        + " directory would do");
        CorpusJob overInput = new CorpusJob(input, input, CorpusMode.LOSS, options, CHUNK);
        assertThatThrownBy(() -> overInput.run(LocalSpark.SESSION))
                .hasMessageEndingWith("in: exists, and is not of an earlier run; another directory would do");
    }

    /** A directory is begun only if the corpus can be read. */
    @Test
    void nothingIsLeftOfARunThatCannotBegin() {
        CorpusJob none = new CorpusJob(input + "/none", output, CorpusMode.LOSS, LocalSpark.ON_CPU, CHUNK);
        assertThatThrownBy(() -> none.run(LocalSpark.SESSION))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("in/none: no Parquet files can be read there");
        LocalSpark.SESSION.range(3).write().parquet(directory + "/numbers");
        CorpusJob numbers = new CorpusJob(directory + "/numbers", output, CorpusMode.LOSS, LocalSpark.ON_CPU, CHUNK);
        assertThatThrownBy(() -> numbers.run(LocalSpark.SESSION)).hasMessage("column scores is missing; there are id");
        assertThat(Path.of(output)).doesNotExist();
    }
}
