package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.io.LoadedBatch;
import picocli.CommandLine.Option;

/** How to read a batch file, and what to compute of it. */
final class InputOptions extends FileOptions {
    @Option(names = "--zero-infinity", description = "Count an utterance that no path fits as loss 0, not infinity.")
    private boolean zeroInfinity;

    /** What to compute of a batch that was read. */
    CtcOptions computing(LoadedBatch loaded) {
        return computing(loaded.scores());
    }

    /** What to compute of a batch that comes from no file. */
    CtcOptions computing() {
        return computing(scores());
    }

    private CtcOptions computing(Scores kind) {
        return CtcOptions.defaults().withScores(kind).withZeroInfinity(zeroInfinity);
    }
}
