package io.github.tornadoctc.cli;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.LoadedBatch;
import io.github.tornadoctc.io.Tokens;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds when the utterances of a batch say what they are known to say. */
@Command(
        name = "align",
        description =
                "Prints when every utterance of a batch says its target: the most probable path, the frames of each"
                        + " label, and how sure the scores are of it.")
final class AlignCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A batch, .npz or JSON, as the command loss reads it.")
    private Path file;

    @Mixin
    private BackendOptions backendOptions;

    @Mixin
    private FileOptions input;

    @Mixin
    private TokenOptions tokenOptions;

    @Mixin
    private TargetOptions targetOptions;

    @Mixin
    private AlignmentOutput output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws BatchFileException {
        try {
            output.check(tokenOptions.given());
            targetOptions.check(tokenOptions.given());
            LoadedBatch loaded = input.read(file, targetOptions.haveTexts());
            @Nullable Tokens tokens = tokenOptions.read(loaded.batch());
            TargetOptions.Targets targets = targetOptions.of(loaded.batch(), tokens);
            AlignmentOptions options =
                    AlignmentOptions.defaults().withScores(loaded.scores()).withWildcards(targets.wildcards());
            try (CtcBackend backend = backendOptions.open()) {
                AlignedBatch aligned = AlignedBatch.of(backend, targets.batch(), tokens, options, file);
                output.write(aligned, spec.commandLine());
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return ExitCode.DONE;
    }
}
