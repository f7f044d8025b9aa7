package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.compare.Thresholds;
import java.io.IOException;
import picocli.CommandLine.Option;

/** How far from the reference is too far. */
final class ThresholdOptions {
    @Option(
            names = "--max-loss-error",
            paramLabel = "E",
            converter = Choices.OfThreshold.class,
            description =
                    "Largest relative error of a loss, |loss - reference| / max(1, |reference|)" + " (default: 1e-6).")
    private double lossError = 1e-6;

    @Option(
            names = "--max-gradient-error",
            paramLabel = "E",
            converter = Choices.OfThreshold.class,
            description = "Largest absolute error of an element of the gradient (default: 1e-5).")
    private double gradientError = 1e-5;

    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("thresholds");
        Json.numberField(json, "maxLossError", lossError);
        Json.numberField(json, "maxGradientError", gradientError);
        json.writeEndObject();
    }

    Thresholds thresholds() {
        return new Thresholds(lossError, gradientError);
    }
}
