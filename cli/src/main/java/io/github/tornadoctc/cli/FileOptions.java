package io.github.tornadoctc.cli;

import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.LoadedBatch;
import io.github.tornadoctc.io.ReadOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How to read a batch file: what it does not say itself, or says wrongly. */
class FileOptions {
    @Option(
            names = "--blank",
            paramLabel = "N",
            description = "Index of the blank symbol (default: what the file says, else 0).")
    private @Nullable Integer blank;

    @Option(
            names = "--layout",
            paramLabel = "TBV|BTV",
            converter = Choices.OfLayout.class,
            description = "Order of the axes of the file's scores: time, batch, symbols or batch, time, symbols"
                    + " (default: what the file says, else TBV).")
    private @Nullable Layout layout;

    @Option(
            names = "--scores",
            paramLabel = "logits|log-probs",
            converter = Choices.OfScores.class,
            description = "What the scores are: raw logits, or log-probabilities that are taken as they are"
                    + " (default: what the file says, else logits).")
    private @Nullable Scores scores;

    @Option(names = "--bfloat16", description = "Scores of type uint16 are the bits of bfloat16.")
    private boolean bfloat16;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Reads a file, or standard input if it is called -, and prints what may be meant otherwise to stderr. */
    final LoadedBatch read(Path file) throws BatchFileException {
        return read(file, false);
    }

    /** The same of a file that may have no targets, if so it is said. */
    final LoadedBatch read(Path file, boolean unlabelled) throws BatchFileException {
        ReadOptions options = new ReadOptions(layout, blank, scores, bfloat16, unlabelled);
        LoadedBatch loaded =
                file.toString().equals("-") ? BatchFile.load(System.in, "-", options) : BatchFile.load(file, options);
        loaded.warnings().forEach(warning -> spec.commandLine().getErr().println("ctc: warning: " + warning));
        return loaded;
    }

    /** Whether an option is given that does not go with random batches. */
    boolean givenOfFiles() {
        return blank != null || layout != null || bfloat16;
    }

    /** Whether an option is given that says nothing without a file. */
    boolean given() {
        return layout != null || scores != null || bfloat16;
    }

    /** The blank that was asked for, or 0 where there is no file to say one. */
    int blank() {
        return blank == null ? 0 : blank;
    }

    /** What the scores of a batch are that comes from no file. */
    Scores scores() {
        return scores == null ? Scores.LOGITS : scores;
    }
}
