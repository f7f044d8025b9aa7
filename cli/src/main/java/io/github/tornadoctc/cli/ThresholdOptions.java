package io.github.tornadoctc.cli;

import io.github.tornadoctc.compare.Thresholds;
import picocli.CommandLine.Option;

/** How far from the reference is too far. */
final class ThresholdOptions {
    @Option(
            names = "--max-loss-error",
            paramLabel = "E",
            converter = Choices.OfThreshold.class,
            description = "Largest relative error of a loss, |loss - reference| / max(1, |reference|) (default: 1e-6).")
    private double lossError = Thresholds.DEFAULTS.lossError();

    @Option(
            names = "--max-gradient-error",
            paramLabel = "E",
            converter = Choices.OfThreshold.class,
            description = "Largest absolute error of an element of the gradient (default: 1e-5).")
    private double gradientError = Thresholds.DEFAULTS.gradientError();

    @Option(
            names = "--max-row-sum-error",
            paramLabel = "E",
            converter = Choices.OfThreshold.class,
            description =
                    "Largest absolute error of a frame's gradient summed over the symbols, which is 0 for logits and"
                            + " -1 for log-probabilities (default: 1e-5).")
    private double rowSumError = Thresholds.DEFAULTS.rowSumError();

    Thresholds thresholds() {
        return new Thresholds(lossError, gradientError, rowSumError);
    }
}
