package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The OpenCL that TornadoVM makes of the kernels, under Oclgrind (Price and McIntosh-Smith, IWOCL 2015), which simulates
 * a device and sees what the emulator cannot: races in local memory, and what is the compiler's doing. Each kernel runs
 * by itself, on what {@link Simulations} has written down. Skipped, saying why, where Oclgrind or an SDK is missing.
 */
@Tag("device")
class OclgrindTest {
    private static final String OCLGRIND = "oclgrind-kernel";

    /** With which TornadoVM has a driver build its OpenCL. */
    private static final String BUILD_OPTIONS = "-cl-mad-enable -cl-fast-relaxed-math -w";

    /** What the build has java started with for an SDK. */
    private static final Path FLAGS = Path.of("target", "tornado-flags");

    @TempDir
    private static Path directory;

    @BeforeAll
    static void writeSimulations() throws IOException, InterruptedException {
        if (onPath().isEmpty()) {
            skip("no " + OCLGRIND + " on the PATH");
        }
        if (!Files.exists(FLAGS) || Files.size(FLAGS) == 0) {
            skip("the build has found no TornadoVM SDK, in TORNADOVM_HOME or of SDKMAN");
        }
        Path log = directory.resolve("simulations.log");
        int exit = run(
                log,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + FLAGS.toAbsolutePath(),
                "-Dtornado.recover.bailout=False",
                "-cp",
                System.getProperty("java.class.path"),
                Simulations.class.getName(),
                directory.toString());
        if (exit == Simulations.NO_OPENCL) {
            skip("the first backend of TornadoVM is not OpenCL, or has no device");
        }
        assertThat(exit).as(Files.readString(log)).isZero();
    }

    @Test
    void noKernelRacesOrLeavesItsMemory() throws IOException, InterruptedException {
        List<Path> simulations = simulations("");
        assertThat(simulations).isNotEmpty();
        for (Path simulation : simulations) {
            assertThat(report(simulation))
                    .as(Files.readAllLines(simulation).getFirst() + simulation)
                    .isEmpty();
        }
    }

    /** So that silence means something. */
    @Test
    void aGradientWithoutItsGlobalBarrierIsReported() throws IOException, InterruptedException {
        Path simulation = simulations("Gradient").getFirst();
        Path kernel = Path.of(simulation.toString().replace(".sim", ".cl"));
        String source = Files.readString(kernel);
        Files.writeString(kernel, source.replace("CLK_GLOBAL_MEM_FENCE", "CLK_LOCAL_MEM_FENCE"));
        try {
            assertThat(report(simulation)).contains("Write-write data race at global memory");
        } finally {
            Files.writeString(kernel, source);
        }
    }

    private static List<Path> simulations(String task) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(task + ".sim"))
                    .sorted()
                    .toList();
        }
    }

    /** What Oclgrind has to say, which is nothing of a kernel that is right. */
    private static String report(Path simulation) throws IOException, InterruptedException {
        Path log = directory.resolve("oclgrind.log");
        int exit = run(log, OCLGRIND, "--data-races", "--build-options", BUILD_OPTIONS, simulation.toString());
        String report = Files.readString(log, StandardCharsets.UTF_8);
        return exit == 0 ? report : "exit status " + exit + "\n" + report;
    }

    private static int run(Path log, String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    private static Optional<Path> onPath() {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry, OCLGRIND))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void skip(String reason) {
        System.out.println("Kernels under Oclgrind: SKIPPED, " + reason);
        abort(reason);
    }
}
