package io.github.tornadoctc.cli;

import io.github.tornadoctc.BatchTooLargeException;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.compare.BatchComparison;
import io.github.tornadoctc.compare.Candidate;
import io.github.tornadoctc.compare.Comparison;
import io.github.tornadoctc.compare.ComparisonRun;
import io.github.tornadoctc.compare.InputComparison;
import io.github.tornadoctc.compare.SkippedBackend;
import io.github.tornadoctc.compare.Sweep;
import io.github.tornadoctc.io.LoadedBatch;
import io.github.tornadoctc.report.Report;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds backends against the double reference. */
@Command(
        name = "compare",
        description = "Computes losses and gradients of the same batches on several backends, and compares each with"
                + " the double reference. Ends with exit code 1 if one is too far off.")
final class CompareCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Batches, .npz, .safetensors or JSON, as the command loss reads them.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--shapes",
            paramLabel = "NAME",
            split = ",",
            converter = Choices.OfShapes.class,
            description = "Random batches of the benchmark shapes A to H, or of all, beside or instead of files.")
    private List<Choices.Shapes> shapes = new ArrayList<>();

    @Mixin
    private SweepOptions sweepOptions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the random batches (default: " + BenchmarkShapes.SEED + ").")
    private long seed = BenchmarkShapes.SEED;

    @Option(
            names = "--backend",
            paramLabel = "NAME[@I:J]",
            split = ",",
            converter = Choices.OfBackendAndDevice.class,
            description = "Backends to compare, each on its first device or on the one after the @, as the command"
                    + " devices lists them (default: every one that can be used here, on every device; the emulator"
                    + " only on small batches).")
    private List<BackendChoice> backends = new ArrayList<>();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            converter = Choices.OfCount.class,
            description = "Compute so many times on each backend, and compare the results bit by bit"
                    + " (default: twice, or once where that takes more than 30 s).")
    private int repeat = Comparison.REPEAT_IF_QUICK;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            converter = Choices.OfSeconds.class,
            description =
                    "Then time each backend for so long once its calls are steady (default: 0.5); those before are"
                            + " discarded, and the table says how many they were.")
    private double seconds = 0.5;

    @Mixin
    private InputOptions input;

    @Mixin
    private ThresholdOptions thresholdOptions;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write index.html, which needs nothing beside it and no network, comparison.csv and"
                    + " comparison.json into this directory.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<CtcShape> swept = sweepOptions.shapes();
        if (files.isEmpty() && shapes.isEmpty() && swept.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "nothing to compare: give a FILE, --shapes or --sweep");
        }
        if (files.isEmpty() && input.givenOfFiles()) {
            throw new ParameterException(
                    spec.commandLine(), "--blank, --layout and --bfloat16 are of a FILE, and there is none");
        }
        checkReport();
        ComparisonRun run;
        try (ComparedBackends opened = ComparedBackends.open(backends)) {
            run = compare(swept, opened);
        }
        if (report != null) {
            Report.write(report, run, json(run));
        }
        if (json) {
            spec.commandLine().getOut().print(json(run));
        }
        PrintWriter err = spec.commandLine().getErr();
        List<String> failures = run.failures();
        failures.forEach(failure -> err.println("ctc: " + failure));
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.COMPARISON_FAILED;
    }

    /** Before anything long is computed in vain. */
    private void checkReport() {
        if (report != null && Files.exists(report) && !Files.isDirectory(report)) {
            throw new ParameterException(spec.commandLine(), "--report %s: is not a directory".formatted(report));
        }
    }

    private static String json(ComparisonRun run) {
        StringWriter text = new StringWriter();
        Json.print(new PrintWriter(text), generator -> ComparisonJson.write(generator, run));
        return text.toString();
    }

    private ComparisonRun compare(List<CtcShape> swept, ComparedBackends opened) throws IOException {
        ComparisonTables tables = new ComparisonTables(spec.commandLine().getOut(), thresholdOptions.thresholds());
        List<InputComparison> single = new ArrayList<>();
        for (Path file : files) {
            LoadedBatch loaded = input.read(file);
            single.add(printed(
                    compare(sizes(file, loaded.batch()), loaded.batch(), input.computing(loaded), opened), tables));
        }
        for (CtcShape shape : Choices.Shapes.of(shapes, List.of())) {
            single.add(printed(compare(shape, shape.randomBatch(seed), input.computing(), opened), tables));
        }
        return new ComparisonRun(single, sweep(swept, opened, tables), thresholdOptions.thresholds());
    }

    private @Nullable Sweep sweep(List<CtcShape> swept, ComparedBackends opened, ComparisonTables tables) {
        if (swept.isEmpty()) {
            return null;
        }
        List<InputComparison> points = new ArrayList<>();
        for (CtcShape shape : swept) {
            points.add(compare(shape, shape.randomBatch(seed), input.computing(), opened));
        }
        Sweep sweep = new Sweep(sweepOptions.size(), points);
        if (!json) {
            tables.print(sweep);
        }
        return sweep;
    }

    private InputComparison printed(InputComparison compared, ComparisonTables tables) {
        if (!json) {
            tables.print(compared);
        }
        return compared;
    }

    private InputComparison compare(CtcShape sizes, CtcBatch batch, CtcOptions options, ComparedBackends opened) {
        List<Candidate> suited = opened.suitedTo(batch);
        BatchComparison comparison = MemoryNeed.told(batch, suited.size() + 1, () -> {
            try (ProgressLine progress = ProgressLine.start(sizes.name(), Comparison.steps(batch, suited))) {
                Comparison.Effort effort = new Comparison.Effort(repeat, report != null, seconds);
                return Comparison.of(batch, options, suited, effort, progress);
            }
        });
        if (comparison.backends().isEmpty() && !comparison.unfit().isEmpty()) {
            SkippedBackend first = comparison.unfit().getFirst();
            throw new BatchTooLargeException(
                    "%s: no backend has room for it: %s: %s".formatted(sizes.name(), first.backend(), first.reason()));
        }
        List<SkippedBackend> skipped = new ArrayList<>(opened.skippedFor(batch));
        skipped.addAll(comparison.unfit());
        return new InputComparison(sizes, batch.maxTargetLength(), comparison, skipped);
    }

    private static CtcShape sizes(Path file, CtcBatch batch) {
        return new CtcShape(
                file.toString(), batch.timeSteps(), batch.batchSize(), batch.symbols(), batch.maxTargetLength());
    }
}
