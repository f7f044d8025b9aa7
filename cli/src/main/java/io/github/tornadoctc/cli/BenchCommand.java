package io.github.tornadoctc.cli;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcShape;
import io.github.tornadoctc.bench.Benchmark;
import io.github.tornadoctc.bench.CopyBandwidth;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
            converter = Choices.OfShape.class,
            description = "Benchmark shapes A, B, C, D, E (default: all).")
    private List<CtcShape> shapes = new ArrayList<>(CtcShape.BENCHMARKS);

    @Option(
            names = "--mode",
            paramLabel = "step|loss|both",
            converter = Choices.OfModes.class,
            description = "step is losses and gradient, loss is losses alone (default: both).")
    private Choices.Modes modes = Choices.Modes.BOTH;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            converter = Choices.OfSeconds.class,
            description = "Time for each measurement, a third of it to warm up (default: 1).")
    private double seconds = 1;

    @Option(
            names = "--profile",
            description = "Tell instead where the time goes on one backend, tornado unless --backend names another:"
                    + " device time of each kernel and copy, bytes, and the latency of a time step.")
    private boolean profile;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (profile) {
            profile();
        } else {
            time();
        }
        return ExitCode.DONE;
    }

    private void profile() {
        if (backends.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--profile is of one backend, not of " + backends);
        }
        String name = backends.isEmpty() ? "tornado" : backends.getFirst();
        Profiler profiler = new Profiler(name, shapes, modes.list(), seconds);
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

    private void time() {
        Benchmark benchmark = new Benchmark(usable(), modes.list(), seconds);
        List<Benchmark.Outcome> outcomes = new ArrayList<>();
        double bandwidth;
        try (ProgressLine progress = ProgressLine.start("bench", 1 + shapes.size() * benchmark.measurements())) {
            bandwidth = CopyBandwidth.gigabytesPerSecond();
            progress.step();
            shapes.forEach(shape -> outcomes.add(benchmark.run(shape, progress::step)));
        }
        BenchReport report = new BenchReport(bandwidth, outcomes);
        print(report::write, report::print);
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
