package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcShape;
import io.github.tornadoctc.compare.BackendComparison;
import io.github.tornadoctc.compare.Comparison;
import io.github.tornadoctc.io.BatchFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
            description = "Batches, .npz or JSON, as the command loss reads them.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--shapes",
            paramLabel = "NAME",
            split = ",",
            converter = Choices.OfShape.class,
            description = "Random batches of the benchmark shapes A, B, C, D, E, beside or instead of files.")
    private List<CtcShape> shapes = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the random batches (default: 1).")
    private long seed = 1;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            split = ",",
            converter = Choices.OfBackend.class,
            description = "Backends to compare (default: every one that can be used here; the emulator only on small"
                    + " batches).")
    private List<String> backends = new ArrayList<>();

    @Mixin
    private InputOptions input;

    @Mixin
    private ThresholdOptions thresholdOptions;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws BatchFileException {
        if (files.isEmpty() && shapes.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "nothing to compare: give a FILE or --shapes");
        }
        List<ComparedInput> compared = new ArrayList<>();
        try (ComparedBackends opened = ComparedBackends.open(backends)) {
            for (Path file : files) {
                compared.add(compare(file.toString(), input.read(file), opened));
            }
            for (CtcShape shape : shapes) {
                compared.add(compare(shape.name(), shape.randomBatch(seed), opened));
            }
        }
        List<String> failures =
                compared.stream().flatMap(each -> each.failures().stream()).toList();
        if (json) {
            printJson(compared, failures);
        }
        PrintWriter err = spec.commandLine().getErr();
        failures.forEach(failure -> err.println("ctc: " + failure));
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.COMPARISON_FAILED;
    }

    private ComparedInput compare(String name, CtcBatch batch, ComparedBackends opened) {
        List<CtcBackend> suited = opened.suitedTo(batch);
        List<BackendComparison> comparisons;
        try (ProgressLine progress = ProgressLine.start(name, Comparison.steps(batch, suited))) {
            comparisons = Comparison.of(batch, input.computing(), suited, progress);
        }
        CtcShape sizes =
                new CtcShape(name, batch.timeSteps(), batch.batchSize(), batch.symbols(), batch.maxTargetLength());
        ComparedInput compared =
                new ComparedInput(sizes, comparisons, opened.skippedFor(batch), thresholdOptions.thresholds());
        if (!json) {
            PrintWriter out = spec.commandLine().getOut();
            compared.print(out);
            out.flush();
        }
        return compared;
    }

    private void printJson(List<ComparedInput> compared, List<String> failures) {
        Json.print(spec.commandLine().getOut(), json -> {
            json.writeBooleanField("passed", failures.isEmpty());
            thresholdOptions.write(json);
            json.writeArrayFieldStart("inputs");
            for (ComparedInput each : compared) {
                each.write(json);
            }
            json.writeEndArray();
            Json.stringsField(json, "failures", failures);
        });
    }
}
