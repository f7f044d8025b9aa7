package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcChoice;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.io.LoadedBatch;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import io.github.tornadoctc.io.NpyType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
                    "A batch, .npz, .safetensors or JSON, or - for standard input: logits or log_probs, targets (rows"
                            + " or concatenated), and optionally input_lengths, target_lengths, blank, layout and scores, names in"
                            + " snake or camel case; others are refused. See docs/formats.md.")
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
            description = "Write the gradient with respect to the scores, in their layout, to this file, or to standard"
                    + " output if it is -; what else is printed goes to stderr then.")
    private @Nullable Path gradientFile;

    @Option(
            names = "--grad-type",
            paramLabel = "float32|scores",
            converter = Choices.OfGradientType.class,
            description =
                    "What the gradient is stored as: float32, or what the file's scores are, which rounds it where"
                            + " they are float16 or bfloat16 (default: float32).")
    private @Nullable GradientType gradientType;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        checkGradientFile();
        LoadedBatch loaded = input.read(file);
        CtcBatch batch = loaded.batch();
        CtcOptions options = input.computing(loaded).withReduction(reduction).withGradient(gradientFile != null);
        LossReport report = MemoryNeed.told(
                batch,
                gradientFile == null ? 0 : 1,
                () -> backendOptions.compute(backend -> compute(backend, batch, options)));
        if (gradientFile != null) {
            writeGradient(NpyArray.of(
                    NpyType.of(report.result().gradientType()), report.result().gradient(), shape(loaded)));
        }
        PrintWriter out = gradientToOutput()
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        if (json) {
            Json.print(out, report::write);
        } else {
            report.print(out);
        }
        return ExitCode.DONE;
    }

    private LossReport compute(CtcBackend backend, CtcBatch batch, CtcOptions options) {
        try (ProgressLine progress = ProgressLine.startLater("loss on " + backend.name())) {
            CtcResult result = CtcResult.allocate(batch, options, gradientType().of(batch));
            backend.compute(batch, options, result);
            progress.step();
            CtcBackend used = backend.operation(CtcChoice.class)
                    .map(choice -> choice.chosen(batch, options, result))
                    .orElse(backend);
            return new LossReport(used.name(), used.device(), reduction, batch, result);
        }
    }

    private GradientType gradientType() {
        return gradientType == null ? GradientType.FLOAT32 : gradientType;
    }

    private boolean gradientToOutput() {
        return StandardOutput.isNamed(gradientFile);
    }

    private void writeGradient(NpyArray gradient) throws IOException {
        if (gradientToOutput()) {
            NpyFile.write(CtcCommand.bytes(spec), gradient);
        } else if (gradientFile != null) {
            NpyFile.write(gradientFile, gradient);
        }
    }

    /** Before anything long is computed in vain. */
    private void checkGradientFile() {
        if (gradientType != null && gradientFile == null) {
            throw new ParameterException(
                    spec.commandLine(), "--grad-type %s: there is no --grad to write one".formatted(gradientType));
        }
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
}
