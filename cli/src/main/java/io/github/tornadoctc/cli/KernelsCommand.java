package io.github.tornadoctc.cli;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.kernels.TemporaryProperties;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes out what TornadoVM makes of the kernels. */
@Command(
        name = "kernels",
        description = "Writes the source that TornadoVM generates of each kernel for a device: OpenCL C, PTX or CUDA."
                + " In one file: those for losses alone, then those for losses and gradient, then those for alignment.")
final class KernelsCommand implements Callable<Integer> {
    /** TornadoVM reads both when it starts, and appends every kernel it compiles to the one file. */
    private static final String PRINT = "tornado.printKernel";

    private static final String PRINT_TO = "tornado.print.kernel.dir";

    /** One size does for all, since sizes are data to the kernels. */
    private static final CtcShape SHAPE = new CtcShape("kernels", 60, 2, 29, 20);

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the files go; made if need be.")
    private Path directory = Path.of("");

    @Option(
            names = "--device",
            paramLabel = "I:J",
            description = "Device of TornadoVM, as the command devices lists them (default: its first).")
    private @Nullable String device;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "--out %s is not a directory".formatted(directory));
        }
        Files.createDirectories(directory);
        Path file = directory.resolve("kernels.txt");
        Files.deleteIfExists(file);
        CtcBatch batch = SHAPE.randomBatch(1);
        CtcConfiguration configuration = CtcConfiguration.defaults().withDevice(device);
        try (CtcBackend backend = TemporaryProperties.with(
                Map.of(PRINT, "True", PRINT_TO, file.toString()), () -> CtcBackends.open("tornado", configuration))) {
            backend.compute(batch, CtcOptions.defaults().withGradient(false));
            backend.compute(batch, CtcOptions.defaults());
            backend.operation(CtcAligner.class).orElseThrow().align(batch, AlignmentOptions.defaults());
            spec.commandLine().getOut().printf("%s, for %s%n", file, backend.device());
        }
        return ExitCode.DONE;
    }
}
