package io.github.tornadoctc.modules;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.cpu.CpuCtc;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The contract, the CPU's backends and the files work as named modules, without what is optional and with it. */
class ModulePathTest {
    private static final String VECTORS = "jdk.incubator.vector";

    @TempDir
    Path directory;

    private Path batch = Path.of("");

    /** Two frames of two equally likely symbols: three of the four paths collapse to the target. */
    @BeforeEach
    void writeBatch() throws IOException {
        batch = directory.resolve("batch.npz");
        BatchFile.write(
                batch,
                CtcBatch.builder(2, 1, 2)
                        .scores(new float[4])
                        .targets(new int[] {1})
                        .build());
    }

    @Test
    void everyBackendIsFoundInItsModule() throws IOException, InterruptedException {
        List<String> lines = run();
        assertThat(lines).hasSize(3).allMatch(line -> line.endsWith(": 0.287682"));
        assertThat(lines.get(0)).startsWith("module io.github.tornadoctc.cpu: CPU, scalar, ");
        assertThat(lines.get(1)).startsWith("module io.github.tornadoctc.reference: CPU, double precision, ");
        assertThat(lines.get(2)).startsWith("module io.github.tornadoctc.reference: CPU, double precision, one thread");
    }

    @Test
    void theCpuBackendHasVectorsIfTheJvmHasTheirModule() throws IOException, InterruptedException {
        assertThat(run("--add-modules", VECTORS).get(0))
                .startsWith("module io.github.tornadoctc.cpu: CPU, ")
                .contains("-bit vectors")
                .endsWith(": 0.287682");
    }

    /** What {@link LossOfAFile} prints, in a JVM that has it alone on the class path. */
    private List<String> run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                Stream.of(CtcBackends.class, ReferenceCtc.class, CpuCtc.class, BatchFile.class, Logger.class)
                        .map(ModulePathTest::place)
                        .map(Path::toString)
                        .collect(joining(System.getProperty("path.separator"))),
                "--add-modules",
                "io.github.tornadoctc.io"));
        command.addAll(List.of(options));
        command.addAll(List.of("--class-path", programAlone().toString(), LossOfAFile.class.getName()));
        command.add(batch.toString());
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    /** The class path of the tests has all modules, too, and what is there would be found there. */
    private Path programAlone() throws IOException {
        String name = LossOfAFile.class.getName().replace('.', '/') + ".class";
        Path file = directory.resolve("classes").resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream in = Objects.requireNonNull(LossOfAFile.class.getResourceAsStream("/" + name))) {
            Files.write(file, in.readAllBytes());
        }
        return directory.resolve("classes");
    }

    /** The jar or the directory that a class was loaded from. */
    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
