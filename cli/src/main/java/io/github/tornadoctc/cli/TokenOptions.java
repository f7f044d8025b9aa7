package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.Tokens;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the symbols of a batch stand for. */
final class TokenOptions {
    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description =
                    "What symbols stand for, to print text: lines of a token and its number (sherpa-onnx), one token a"
                            + " line (NeMo, PaddleOCR; the blank may be missing), or vocab.json (Hugging Face).")
    private @Nullable Path file;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    boolean given() {
        return file != null;
    }

    /** The table for a batch, or null if none was given. */
    @Nullable
    Tokens read(CtcBatch batch) throws BatchFileException {
        if (file == null) {
            return null;
        }
        Tokens tokens = Tokens.read(file);
        try {
            return tokens.forBatch(batch.symbols(), batch.blank());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--tokens %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Labels as text, or as numbers where there are no tokens. */
    static String text(@Nullable Tokens tokens, int... labels) {
        return tokens == null ? Arrays.toString(labels) : tokens.text(labels);
    }
}
