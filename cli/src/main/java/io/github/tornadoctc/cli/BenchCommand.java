package io.github.tornadoctc.cli;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.measure.Benchmark;
import io.github.tornadoctc.measure.CopyBandwidth;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.measure.Sweep;
import io.github.tornadoctc.measure.Throughput;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Times backends on the benchmark shapes. */
@Command(
        name = "bench",
        description = "Times backends on random batches of the benchmark shapes, each result checked against the"
                + " double reference first. Wall clock, medians; the module benchmarks has the long version.")
final class BenchCommand implements Callable<Integer> {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            split = ",",
            converter = Choices.OfBackend.class,
            description = "Backends to time (default: every one that can be used here and that auto may choose).")
    private List<String> backends = new ArrayList<>();

    @Option(
            names = "--shapes",
            paramLabel = "NAME",
            split = ",",
            converter = Choices.OfShapes.class,
            description =
                    "Benchmark shapes A, B, C, D, E, and the full batches F, G, H, whose scores take up to 675 MB;"
                            + " or all (default: A to E).")
    private List<Choices.Shapes> named = new ArrayList<>();

    @Option(
            names = "--scale",
            paramLabel = "X",
            converter = Choices.OfScale.class,
            description = "Multiply all logits by this: by 30, they are about as peaked as a trained model's (default:"
                    + " 1).")
    private double scale = 1;

    @Option(
            names = "--mode",
            paramLabel = "step|loss|both|align",
            converter = Choices.OfModes.class,
            description =
                    "step is losses and gradient, loss is losses alone (default: both); align is forced alignment.")
    private Choices.Modes modes = Choices.Modes.BOTH;

    @Option(
            names = "--layout",
            paramLabel = "TBV|BTV",
            converter = Choices.OfLayout.class,
            description =
                    "Axes of the logits, the slowest first (default: TBV). Of BTV in memory that the backend lends, a"
                            + " GPU computes parts while others travel.")
    private @Nullable Layout layout;

    @Option(
            names = "--lent",
            description = "Have scores and gradient in memory that the backend lends (CtcBackend.allocate), which a GPU"
                    + " reads and writes without a copy by the host.")
    private boolean lent;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            converter = Choices.OfSeconds.class,
            description = "Time for the calls of each measurement that count (default: 1). Those before, until times no"
                    + " longer fall and the JVM has compiled, come on top, and are said to be discarded.")
    private double seconds = 1;

    @Option(
            names = "--plot",
            paramLabel = "DIR",
            description = "Also sweep T, U, B and V by powers of two, and write for each a plot of the time (PNG) and"
                    + " its numbers (CSV) to this directory. Takes minutes: every point compiles plans of its own.")
    private @Nullable Path plotDirectory;

    @Option(
            names = "--profile",
            description = "Tell instead where the time goes on one backend, tornado unless --backend names another:"
                    + " device time of each kernel and copy, bytes, and the latency of a time step.")
    private boolean profile;

    @Option(
            names = "--device",
            paramLabel = "I:J",
            converter = Choices.OfDevice.class,
            description = "With --profile: device of the backend, as the command devices lists them (default: its"
                    + " first).")
    private @Nullable String device;

    @Option(
            names = "--inputs",
            paramLabel = "DIR",
            description = "Also write each shape's batch to this directory, as NAME.npz, to time something else on.")
    private @Nullable Path inputs;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        makePlotDirectory();
        writeInputs();
        if (profile) {
            profile();
        } else {
            time();
        }
        return ExitCode.DONE;
    }

    private List<CtcShape> shapes() {
        return Choices.Shapes.of(named, BenchmarkShapes.USUAL);
    }

    private void profile() {
        if (backends.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--profile is of one backend, not of " + backends);
        }
        if (modes.list().contains(Mode.ALIGN)) {
            throw new ParameterException(spec.commandLine(), "--profile is of step and loss, not of align");
        }
        if (lent) {
            throw new ParameterException(spec.commandLine(), "--lent does not go with --profile");
        }
        if (layout != null) {
            throw new ParameterException(spec.commandLine(), "--layout does not go with --profile");
        }
        String name = backends.isEmpty() ? "tornado" : backends.getFirst();
        Profiler profiler = new Profiler(spec, name, device, shapes(), modes.list(), seconds, scale);
        ProfileReport report;
        try (ProgressLine progress = ProgressLine.start("profile", profiler.measurements())) {
            report = profiler.run(progress::step);
        }
        print(report::write, report::print);
    }

    private void print(Json.Fields fields, Consumer<PrintWriter> text) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, fields);
        } else {
            text.accept(out);
        }
    }

    private void time() throws IOException {
        if (lent && modes.list().contains(Mode.ALIGN)) {
            throw new ParameterException(spec.commandLine(), "--lent is for step and loss, not for align");
        }
        List<String> names = usable();
        Benchmark benchmark = new Benchmark(names, modes.list(), seconds, scale, layout(), lent);
        List<Benchmark.Outcome> outcomes = new ArrayList<>();
        double bandwidth;
        try (ProgressLine progress = ProgressLine.start("bench", 1 + shapes().size() * benchmark.measurements())) {
            bandwidth = CopyBandwidth.gigabytesPerSecond();
            progress.step();
            shapes().forEach(shape -> outcomes.add(benchmark.run(shape, progress::step)));
        }
        List<Path> plots = plotDirectory == null ? List.of() : plot(plotDirectory, names);
        BenchReport report = new BenchReport(bandwidth, scale, layout(), lent, outcomes, plots);
        print(report::write, report::print);
    }

    private Layout layout() {
        return layout == null ? Layout.TIME_MAJOR : layout;
    }

    private List<Path> plot(Path directory, List<String> names) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Mode mode : modes.list()) {
            Benchmark benchmark = new Benchmark(names, List.of(mode), seconds, scale, layout(), lent);
            for (Sweep sweep : Sweep.ALL) {
                List<Throughput> measured = new ArrayList<>();
                int steps = sweep.shapes().size() * benchmark.measurements();
                try (ProgressLine progress = ProgressLine.start("%s, %s".formatted(mode, sweep.size()), steps)) {
                    for (CtcShape shape : sweep.shapes()) {
                        measured.addAll(benchmark.run(shape, progress::step).measured());
                    }
                }
                files.addAll(SweepPlot.write(directory, sweep, mode, measured));
            }
        }
        return files;
    }

    /** Before anything long is timed in vain. */
    private void makePlotDirectory() {
        if (plotDirectory == null) {
            return;
        }
        if (profile) {
            throw new ParameterException(spec.commandLine(), "--plot does not go with --profile");
        }
        makeDirectory("--plot", plotDirectory);
    }

    private void writeInputs() throws BatchFileException {
        if (device != null && !profile) {
            throw new ParameterException(spec.commandLine(), "--device goes with --profile only");
        }
        if (inputs == null) {
            return;
        }
        if (layout != null) {
            throw new ParameterException(spec.commandLine(), "--layout does not go with --inputs, which writes TBV");
        }
        makeDirectory("--inputs", inputs);
        for (CtcShape shape : shapes()) {
            BatchFile.write(inputs.resolve(shape.name() + ".npz"), BenchmarkShapes.batch(shape, scale));
        }
    }

    private void makeDirectory(String option, Path directory) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "%s %s: is not a directory".formatted(option, directory));
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "%s %s: %s".formatted(option, directory, e), e);
        }
    }

    /** The names of the backends to time. */
    private List<String> usable() {
        if (backends.isEmpty()) {
            return CtcBackends.providers().stream()
                    .filter(provider ->
                            provider.rank() >= 0 && provider.unavailable().isEmpty())
                    .map(CtcBackendProvider::name)
                    .toList();
        }
        List<String> names = backends.stream().distinct().toList();
        for (String name : names) {
            if (name.equals("auto")) {
                continue;
            }
            Optional<String> reason = CtcBackends.provider(name).unavailable();
            if (reason.isPresent()) {
                throw new BackendUnavailableException(
                        "backend %s cannot be used here: %s".formatted(name, reason.get()));
            }
        }
        return names;
    }
}
