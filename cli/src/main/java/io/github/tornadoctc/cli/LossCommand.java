package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcChoice;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.LoadedBatch;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import io.github.tornadoctc.io.NpyType;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Computes the losses of a batch, and its gradient. */
@Command(
        name = "loss",
        description = "Prints the CTC loss of every utterance of a batch, in nats, and can write the gradient.")
final class LossCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            description =
                    "A batch: .npz with arrays logits (float32, 3 axes), input_lengths, targets (padded or"
                            + " concatenated), target_lengths and optionally blank; or a JSON object with logits, inputLengths,"
                            + " targets and optionally targetLengths and blank. Names in snake or camel case; others are refused.")
    private Path file;

    @Mixin
    private BackendOptions backendOptions;

    @Mixin
    private InputOptions input;

    @Option(
            names = "--reduction",
            paramLabel = "none|sum|mean",
            converter = Choices.OfReduction.class,
            description = "How losses become one: mean divides each by its target's length first; none prints the sum"
                    + " (default: none). The gradient is that of the reduced loss.")
    private Reduction reduction = Reduction.NONE;

    @Option(
            names = "--grad",
            paramLabel = "OUT.npy",
            description = "Write the gradient with respect to the scores, in their layout, to this file.")
    private @Nullable Path gradientFile;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws BatchFileException {
        checkGradientFile();
        LoadedBatch loaded = input.read(file);
        CtcBatch batch = loaded.batch();
        CtcOptions options = input.computing(loaded).withReduction(reduction).withGradient(gradientFile != null);
        try (CtcBackend backend = backendOptions.open()) {
            CtcResult result = backend.compute(batch, options);
            if (gradientFile != null) {
                NpyFile.write(gradientFile, NpyArray.of(NpyType.FLOAT32, result.gradient(), shape(loaded)));
            }
            CtcBackend used = backend.operation(CtcChoice.class)
                    .map(choice -> choice.chosen(batch, options))
                    .orElse(backend);
            print(spec.commandLine().getOut(), used, batch, result);
        }
        return ExitCode.DONE;
    }

    /** Before anything long is computed in vain. */
    private void checkGradientFile() {
        Path directory =
                gradientFile == null ? null : gradientFile.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            throw new ParameterException(
                    spec.commandLine(), "--grad %s: its directory does not exist".formatted(gradientFile));
        }
    }

    private static int[] shape(LoadedBatch loaded) {
        return loaded.shape().stream().mapToInt(Integer::intValue).toArray();
    }

    private void print(PrintWriter out, CtcBackend backend, CtcBatch batch, CtcResult result) {
        if (json) {
            printJson(out, backend, result);
        } else {
            printTable(out, backend, batch, result);
        }
    }

    private static void printJson(PrintWriter out, CtcBackend backend, CtcResult result) {
        Json.print(out, json -> {
            json.writeStringField("backend", backend.name());
            json.writeStringField("device", backend.device());
            json.writeArrayFieldStart("losses");
            for (double loss : result.losses()) {
                Json.number(json, loss);
            }
            json.writeEndArray();
            Json.stringsField(
                    json,
                    "statuses",
                    result.statuses().stream().map(CtcStatus::name).toList());
            Json.numberField(json, "reduced", result.reduced());
        });
    }

    private void printTable(PrintWriter out, CtcBackend backend, CtcBatch batch, CtcResult result) {
        Table table = new Table()
                .right("utterance")
                .right("T")
                .right("U")
                .right("loss")
                .left("status");
        for (int b = 0; b < batch.batchSize(); b++) {
            table.row(b, batch.inputLength(b), batch.targetLength(b), Numbers.loss(result.loss(b)), result.status(b));
        }
        table.print(out);
        String name = reduction == Reduction.NONE ? "sum" : reduction.name().toLowerCase(Locale.ROOT);
        out.printf("%n%s %s  (%s: %s)%n", name, Numbers.loss(result.reduced()), backend.name(), backend.device());
    }
}
