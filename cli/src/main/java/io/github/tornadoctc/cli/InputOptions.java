package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.BatchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to read a batch file, and what its scores mean. */
final class InputOptions {
    @Option(
            names = "--blank",
            paramLabel = "N",
            description = "Index of the blank symbol (default: what the file says, else 0).")
    private @Nullable Integer blank;

    @Option(
            names = "--layout",
            paramLabel = "TBV|BTV",
            converter = Choices.OfLayout.class,
            description = "Order of the axes of the file's logits: time, batch, symbols or batch, time, symbols"
                    + " (default: TBV).")
    private Layout layout = Layout.TIME_MAJOR;

    @Option(
            names = "--scores",
            paramLabel = "logits|log-probs",
            converter = Choices.OfScores.class,
            description = "What the scores are: raw logits, or log-probabilities that are taken as they are"
                    + " (default: logits).")
    private Scores scores = Scores.LOGITS;

    @Option(names = "--zero-infinity", description = "Count an utterance that no path fits as loss 0, not infinity.")
    private boolean zeroInfinity;

    CtcBatch read(Path file) throws BatchFileException {
        return BatchFile.read(file, layout, blank == null ? OptionalInt.empty() : OptionalInt.of(blank));
    }

    CtcOptions computing() {
        return CtcOptions.defaults().withScores(scores).withZeroInfinity(zeroInfinity);
    }
}
