package io.github.tornadoctc.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** An input and what libtorch returned for it: a line of a golden file. */
final class GoldenCase {
    private final JsonNode line;
    private final float[] scores;
    private final double[] losses;
    private final double[] gradient;

    private GoldenCase(JsonNode line) {
        this.line = line;
        this.losses = doubles("losses");
        this.gradient = doubles("gradient");
        double[] values = doubles("scores");
        this.scores = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scores[i] = (float) values[i];
        }
    }

    /** All cases of a theme, of which there must be some. */
    static List<GoldenCase> all(String theme) {
        String file = "/golden/" + theme + ".json";
        try (InputStream in = Objects.requireNonNull(GoldenCase.class.getResourceAsStream(file), file)) {
            JsonNode lines = new ObjectMapper().readTree(in).required("cases");
            if (lines.isEmpty()) {
                throw new IllegalStateException(file + " has no cases");
            }
            return StreamSupport.stream(lines.spliterator(), false)
                    .map(GoldenCase::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    String name() {
        return line.required("name").asText();
    }

    /**
     * The batch.
     *
     * @throws IllegalArgumentException if it is one that libtorch accepts and we do not
     */
    CtcBatch batch() {
        JsonNode targets = line.required("targets");
        return CtcBatch.builder(integer("T"), integer("B"), integer("V"))
                .blank(integer("blank"))
                .scores(scores)
                .inputLengths(integers(line.required("inputLengths")))
                .targets(IntStream.range(0, targets.size())
                        .mapToObj(b -> integers(targets.required(b)))
                        .toArray(int[][]::new))
                .build();
    }

    CtcOptions options() {
        boolean logProbs = line.required("scoresAre").asText().equals("log-probs");
        String reduction = line.required("reduction").asText().toUpperCase(Locale.ROOT);
        return CtcOptions.defaults()
                .withScores(logProbs ? Scores.LOG_PROBS : Scores.LOGITS)
                .withReduction(Reduction.valueOf(reduction))
                .withZeroInfinity(line.required("zeroInfinity").asBoolean());
    }

    double loss(int b) {
        return losses[b];
    }

    double[] losses() {
        return losses;
    }

    double reduced() {
        return number(line.required("reduced"));
    }

    /** The derivative of {@link #reduced()}, or without a reduction of the sum, by score i. */
    double gradient(int i) {
        return gradient[i];
    }

    /** The gradient libtorch returned when given a very low score for each −∞. */
    double[] gradientWithVeryLowScores() {
        return doubles("gradientWithThat");
    }

    private int integer(String field) {
        return line.required(field).asInt();
    }

    private static int[] integers(JsonNode array) {
        return IntStream.range(0, array.size())
                .map(i -> array.required(i).asInt())
                .toArray();
    }

    private double[] doubles(String field) {
        JsonNode array = line.required(field);
        return IntStream.range(0, array.size())
                .mapToDouble(i -> number(array.required(i)))
                .toArray();
    }

    private static double number(JsonNode node) {
        return switch (node.asText()) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> node.doubleValue();
        };
    }
}
