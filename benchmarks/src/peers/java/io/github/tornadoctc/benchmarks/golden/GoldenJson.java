package io.github.tornadoctc.benchmarks.golden;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Cases as JSON text, a line for each. Infinite and NaN numbers are the strings "inf", "-inf" and "nan". */
final class GoldenJson {
    /** Far more than the 1e-9 that is compared, and fewer than differ from one processor's exp to another's. */
    private static final MathContext DIGITS = new MathContext(13);

    private GoldenJson() {}

    static String file(String about, String libtorch, String command, List<GoldenInput> inputs) {
        return """
                {"about": "%s",
                "libtorch": "%s", "command": "%s",
                "order": "scores and gradient: symbol v of frame t of utterance b is at (t * B + b) * V + v",
                "cases": [
                %s
                ]}
                """.formatted(
                        about,
                        libtorch,
                        command,
                        inputs.stream().map(GoldenJson::line).collect(Collectors.joining(",\n")));
    }

    private static String line(GoldenInput input) {
        LibtorchAnswer answer = LibtorchAnswer.to(input, input.scoresAsDoubles());
        StringBuilder line = new StringBuilder();
        line.append("{\"name\": \"%s\", \"T\": %d, \"B\": %d, \"V\": %d, \"blank\": %d, "
                .formatted(input.name, input.timeSteps, input.batchSize, input.symbols, input.blank));
        line.append("\"scoresAre\": \"%s\", \"reduction\": \"%s\", \"zeroInfinity\": %b, "
                .formatted(
                        input.logProbs ? "log-probs" : "logits",
                        input.reduction.name().toLowerCase(Locale.ROOT),
                        input.zeroInfinity));
        line.append("\"inputLengths\": ").append(integers(input.inputLengths));
        line.append(", \"targets\": ")
                .append(Arrays.stream(input.targets).map(GoldenJson::integers).toList());
        line.append(", \"scores\": ").append(floats(input.scores));
        line.append(", \"losses\": ").append(doubles(answer.losses));
        line.append(", \"reduced\": ").append(number(answer.reduced));
        line.append(", \"gradient\": ").append(doubles(answer.gradient));
        if (input.insteadOfMinusInfinity != 0) {
            line.append(", \"insteadOfMinusInfinity\": ").append(input.insteadOfMinusInfinity);
            line.append(", \"gradientWithThat\": ").append(doubles(gradientInstead(input)));
        }
        return line.append('}').toString();
    }

    private static double[] gradientInstead(GoldenInput input) {
        double[] scores = input.scoresAsDoubles();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] == Double.NEGATIVE_INFINITY) {
                scores[i] = input.insteadOfMinusInfinity;
            }
        }
        return LibtorchAnswer.to(input, scores).gradient;
    }

    private static String integers(int... values) {
        return Arrays.toString(values);
    }

    private static String floats(float... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> Float.isFinite(values[i]) ? Float.toString(values[i]) : number(values[i]))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String doubles(double... values) {
        return Arrays.stream(values).mapToObj(GoldenJson::number).collect(Collectors.joining(",", "[", "]"));
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "\"nan\"";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "\"inf\"" : "\"-inf\"";
        }
        return value == 0
                ? "0"
                : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString();
    }
}
