package io.github.tornadoctc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real browser, without a window and without a network.
 *
 * @param executable where it is
 */
record Chromium(Path executable) {
    private static final int TIMEOUT_SECONDS = 60;

    /** The one on the PATH. */
    static Optional<Chromium> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name ->
                        Stream.of(path.split(File.pathSeparator, -1)).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Chromium::new);
    }

    /** The page's elements as they are once its scripts have run. */
    String dom(Path page, Path work) throws IOException, InterruptedException {
        return run(page, work, "--dump-dom");
    }

    /** Writes a PNG of the page in a window of that size. */
    void screenshot(Path page, Path work, int width, int height, Path png) throws IOException, InterruptedException {
        Files.deleteIfExists(png);
        run(page, work, "--screenshot=" + png.toAbsolutePath(), "--window-size=%d,%d".formatted(width, height));
        assertThat(png).isNotEmptyFile();
    }

    private String run(Path page, Path work, String... action) throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory("ctc-chromium");
        Path out = Files.createTempFile(work, "chromium", ".out");
        Path err = Files.createTempFile(work, "chromium", ".err");
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile,
                // scripts are given this long, however slow the machine is
                "--virtual-time-budget=5000"));
        command.addAll(List.of(action));
        command.add(page.toUri().toString());
        // to files: a pipe that nobody reads would stop it
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .as("chromium ends: %s", Files.readString(err))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            deleteWhatCanBe(profile);
        }
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }

    /** A child of the browser may still write into its profile; what it leaves there does no harm. */
    private static void deleteWhatCanBe(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(directory)) {
            paths = walked.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException e) {
            return;
        }
        for (Path path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (FileSystemException e) {
                return;
            }
        }
    }
}
