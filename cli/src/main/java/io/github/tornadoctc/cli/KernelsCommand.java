package io.github.tornadoctc.cli;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.kernels.TemporaryProperties;
import io.github.tornadoctc.kernels.profile.LossProfiler;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import io.github.tornadoctc.shapes.BenchmarkShapes;
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

    /** An alphabet. Most sizes are data to the kernels; what is compiled in depends on V, U and whether T·B·V is large. */
    private static final CtcShape USUAL = new CtcShape("kernels", 60, 2, 29, 20);

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the files go; made if need be.")
    private Path directory = Path.of("");

    @Option(
            names = "--device",
            paramLabel = "I:J",
            converter = Choices.OfDevice.class,
            description = "Device of TornadoVM, as the command devices lists them (default: its first).")
    private @Nullable String device;

    @Option(
            names = "--shape",
            paramLabel = "A",
            converter = Choices.OfShape.class,
            description =
                    "The benchmark shape that they are for, A to H (default: two lines of an alphabet). Kernels for"
                            + " long rows, and for scores that no cache keeps, have other code.")
    private CtcShape shape = USUAL;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "--out %s is not a directory".formatted(directory));
        }
        Path file = directory.resolve("kernels.txt");
        CtcBatch batch = BenchmarkShapes.batch(shape);
        CtcConfiguration configuration = CtcConfiguration.defaults().withDevice(device);
        try (CtcBackend backend = TemporaryProperties.with(
                Map.of(PRINT, "True", PRINT_TO, file.toString()), () -> CtcBackends.open("tornado", configuration))) {
            Files.createDirectories(directory);
            Files.deleteIfExists(file);
            // of the whole batch at once, where a call in host memory may take it in parts
            LossProfiler profiler = backend.operation(LossProfiler.class).orElseThrow();
            for (boolean gradient : new boolean[] {false, true}) {
                try (ResidentCall call =
                        profiler.resident(batch, CtcOptions.defaults().withGradient(gradient))) {
                    call.run();
                }
            }
            backend.operation(CtcAligner.class).orElseThrow().align(batch, AlignmentOptions.defaults());
            spec.commandLine().getOut().printf("%s, for %s%n", file, backend.device());
        }
        return ExitCode.DONE;
    }
}
