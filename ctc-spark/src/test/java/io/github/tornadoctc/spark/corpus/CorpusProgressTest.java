package io.github.tornadoctc.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.spark.LocalSpark;
import io.github.tornadoctc.spark.MadeUpCorpus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What is seen of a run, on a terminal and in a file. */
@ResourceLock(Resources.SYSTEM_ERR)
class CorpusProgressTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(written, true, StandardCharsets.UTF_8);

    /** The lines of a terminal that was given these bytes, which know of no more than the beginning of a line and its erasure. */
    private List<String> screen() {
        List<String> lines = new ArrayList<>();
        for (String line : written.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            StringBuilder shown = new StringBuilder();
            for (String part : line.replace("\033[K", "\0").split("\r", -1)) {
                if (part.startsWith("\0")) {
                    shown.setLength(0);
                }
                String text = part.replace("\0", "");
                shown.replace(0, Math.min(text.length(), shown.length()), text);
            }
            lines.add(shown.toString());
        }
        return lines;
    }

    @Test
    void theLineIsBelowWhatOthersPrint() {
        TerminalLine line = new TerminalLine(terminal);
        PrintStream above = line.above();
        above.println("before");
        line.accept("10 %");
        assertThat(screen()).containsExactly("before", "10 %");
        above.println("WARN: Spark: something long that it has to say");
        assertThat(screen()).containsExactly("before", "WARN: Spark: something long that it has to say", "10 %");
        above.print("in ");
        line.accept("20 %");
        assertThat(screen()).last().isEqualTo("in ");
        above.println("parts");
        assertThat(screen()).endsWith("in parts", "20 %");
        line.close();
        assertThat(screen()).endsWith("in parts", "");
    }

    @Test
    void aBarSaysHowMuchIsDoneAndLeavesNothingBehind() throws Exception {
        MadeUpCorpus.write(LocalSpark.SESSION, directory + "/in", 60, id -> 3000, 30, 4, 3);
        PrintStream err = System.err;
        try (CorpusProgress progress = new CorpusProgress(new PrintWriter(new StringWriter()), terminal, true)) {
            LocalSpark.SESSION.sparkContext().addSparkListener(progress);
            new CorpusJob(directory + "/in", directory + "/out", CorpusMode.LOSS, LocalSpark.ON_CPU, 1)
                    .run(LocalSpark.SESSION, progress);
            LocalSpark.SESSION.sparkContext().listenerBus().waitUntilEmpty();
            LocalSpark.SESSION.sparkContext().removeSparkListener(progress);
            progress.refresh();
            System.err.println("WARN: a warning");
            assertThat(screen()).contains("WARN: a warning");
            assertThat(screen())
                    .last()
                    .asString()
                    .matches("corpus 100% \\[=+] 20/20 MiB \\(0:\\d\\d:\\d\\d / 0:00:00\\) +60 rows");
            assertThat(screen()).noneMatch(line -> line.length() > 80);
        }
        assertThat(screen()).last().asString().isEmpty();
        assertThat(System.err).isSameAs(err);
    }

    @Test
    void whoWaitsForAnotherRunIsToldOnce() throws InterruptedException {
        StringWriter lines = new StringWriter();
        try (CorpusProgress progress = new CorpusProgress(new PrintWriter(lines), terminal, false)) {
            progress.waits("process 42 on host-7, since then", Duration.ZERO);
            progress.waits("process 42 on host-7, since then", Duration.ZERO);
        }
        assertThat(lines.toString().lines())
                .containsExactly(
                        "ctc: looks for up to 60 s whether an earlier run goes on, process 42 on host-7, since then");
    }
}
