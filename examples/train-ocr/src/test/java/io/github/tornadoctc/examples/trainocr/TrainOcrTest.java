package io.github.tornadoctc.examples.trainocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands, on a training of a few steps. */
@EnabledOnOs(
        value = OS.LINUX,
        architectures = "amd64",
        disabledReason = "the build takes libtorch for Linux on x86-64 only")
class TrainOcrTest {
    private static final List<String> PLAN =
            List.of("--steps", "12", "--batch", "3", "--validation-lines", "5", "--validate-every", "5", "--seed", "7");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    /** Skips the tests, saying what to install, where there are no fonts. */
    @BeforeAll
    static void fonts() {
        try {
            LineDrawing.create();
        } catch (IllegalStateException e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }

    private int run(String... args) {
        return TrainOcr.commandLine()
                .setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private int train(String name, String... more) {
        List<String> args = new ArrayList<>(
                List.of("train", "--out", directory.resolve(name).toString()));
        args.addAll(PLAN);
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private byte[] checkpoint(String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name).resolve("checkpoint.bin"));
    }

    @Test
    void aRunThatWasInterruptedGoesOnAsIfItHadNotBeen() throws IOException {
        assertThat(train("whole")).as(err.toString()).isZero();
        assertThat(train("interrupted", "--until", "7")).isZero();
        assertThat(checkpoint("interrupted")).isNotEqualTo(checkpoint("whole"));
        assertThat(train("interrupted")).isZero();

        assertThat(checkpoint("interrupted")).isEqualTo(checkpoint("whole"));
        assertThat(out.toString())
                .contains("step 5  loss ", "step 12  loss ", "7 of 12 steps", "12 of 12 steps")
                .containsPattern("character error rate \\d+\\.\\d\\d %");
    }

    /** As one would be that ends while it writes. */
    @Test
    void whatWasHalfWrittenIsNotRead() throws IOException {
        assertThat(train("run", "--until", "5")).isZero();
        Files.write(directory.resolve("run/checkpoint.next"), new byte[10]);
        assertThat(train("run")).isZero();
        assertThat(directory.resolve("run/checkpoint.next")).doesNotExist();
    }

    @Test
    void lossesFall() throws IOException {
        History history = new TrainingRun(
                        new TrainingPlan(3, 25, 8, 4, 25), directory, LineDrawing.create(), step -> {})
                .until(25);
        assertThat(history.losses()).hasSize(25);
        assertThat(history.recentLoss(5))
                .isLessThan(history.losses().subList(0, 5).stream()
                        .mapToDouble(Float::doubleValue)
                        .average()
                        .orElseThrow());
    }

    @Test
    void aTrainingLeavesAModelThatReadsAndAPlot() throws IOException {
        assertThat(train("run")).isZero();
        Path run = directory.resolve("run");
        BufferedImage plot = ImageIO.read(run.resolve("learning-curve.png").toFile());
        assertThat(plot.getWidth()).isEqualTo(800);

        List<Path> lines;
        try (Stream<Path> files = Files.list(run)) {
            lines = files.filter(file -> file.getFileName().toString().matches("[0-9A-Z]{3,12}\\.png"))
                    .toList();
        }
        assertThat(lines).hasSize(4);
        out.getBuffer().setLength(0);
        assertThat(run(
                        "read",
                        "--model",
                        run.toString(),
                        lines.get(0).toString(),
                        lines.get(1).toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .containsPattern("\\.png: [0-9A-Z]*  confidence [01]\\.\\d\\d"));
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException {
        assertThat(train("run", "--until", "1")).isZero();
        assertThat(train("run", "--batch", "4")).isEqualTo(2);
        assertThat(err.toString()).contains("checkpoint.bin is of TrainingPlan[seed=7", "batchSize=4", "another --out");
        assertThat(train("other", "--batch", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--batch = 0 is less than 1");
        assertThat(directory.resolve("other")).doesNotExist();

        Path text = Files.writeString(directory.resolve("text.png"), "no picture", StandardCharsets.UTF_8);
        Path model = directory.resolve("run");
        assertThat(run("read", "--model", model.toString(), text.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("text.png is no picture");
        assertThat(run("read", "--model", model.toString(), "nowhere.png")).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere.png is no file");
        assertThat(run("read", "--model", directory.toString(), text.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("line-reader-0000.params is not there; train saves it");
    }

    @Test
    void aProfileHasARowForEachLossAndVocabulary() {
        assertThat(run("profile", "--symbols", "37,80", "--batch", "2", "--rounds", "2", "--discarded", "1"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines())
                .hasSize(7)
                .filteredOn(line -> line.matches("\\| (37|80) \\| \\d+ \\| (CtcLoss|LibtorchCtcLoss) \\| .* % \\|"))
                .hasSize(4);
    }
}
