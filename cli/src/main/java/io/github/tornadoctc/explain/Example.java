package io.github.tornadoctc.explain;

import static java.util.stream.Collectors.joining;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.reference.ForwardBackward;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One utterance, small enough to be followed by hand: its probabilities are given, not logits. */
public final class Example {
    static final CtcOptions OPTIONS = CtcOptions.defaults().withScores(Scores.LOG_PROBS);

    /** How far the probabilities of a frame may be from a sum of 1. */
    private static final double SUM_TOLERANCE = 1e-6;

    private final List<String> symbols;
    private final double[][] probabilities;
    private final CtcBatch batch;
    private final ForwardBackward tables;

    /**
     * An example.
     *
     * @param symbols V names of one character each, none twice
     * @param blank the index of the blank among them
     * @param target characters that are symbols, none of them the blank
     * @param probabilities [T][V], each row with a sum of 1
     * @throws IllegalArgumentException if it is not so, naming the argument, the index and the value
     */
    public Example(List<String> symbols, int blank, String target, double[][] probabilities) {
        this.symbols = List.copyOf(symbols);
        this.probabilities = probabilities.clone();
        checkSymbols(blank);
        checkProbabilities();
        int[] labels = labels(blank, characters(target));
        this.batch = CtcBatch.builder(probabilities.length, 1, symbols.size())
                .blank(blank)
                .scores(logarithms())
                .targets(labels)
                .build();
        this.tables = new ForwardBackward(batch, 0, OPTIONS);
    }

    /** The characters of a text as strings, one per code point. */
    public static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    /** The fewest frames that a target fits in: one per label, and one more for the blank between two equal ones. */
    public static int framesFor(String target) {
        int[] labels = target.codePoints().toArray();
        return (int) (labels.length
                + IntStream.range(1, labels.length)
                        .filter(u -> labels[u] == labels[u - 1])
                        .count());
    }

    private void checkSymbols(int blank) {
        for (int v = 0; v < symbols.size(); v++) {
            int first = symbols.indexOf(symbols.get(v));
            if (first < v) {
                throw new IllegalArgumentException(
                        "symbols[%d] = %s is also symbols[%d]".formatted(v, symbols.get(v), first));
            }
        }
        if (blank < 0 || blank >= symbols.size()) {
            throw new IllegalArgumentException(
                    "blank = %d is not between 0 and %d, the last symbol".formatted(blank, symbols.size() - 1));
        }
    }

    private int[] labels(int blank, List<String> target) {
        int[] labels = new int[target.size()];
        for (int u = 0; u < labels.length; u++) {
            labels[u] = symbols.indexOf(target.get(u));
            if (labels[u] < 0 || labels[u] == blank) {
                throw new IllegalArgumentException("target[%d] = %s is %s"
                        .formatted(
                                u,
                                target.get(u),
                                labels[u] == blank ? "the blank" : "none of the symbols " + String.join("", symbols)));
            }
        }
        return labels;
    }

    private void checkProbabilities() {
        for (int t = 0; t < probabilities.length; t++) {
            double[] row = probabilities[t];
            if (row.length != symbols.size()) {
                throw new IllegalArgumentException("probs[%d] has %d values for %d symbols, %s"
                        .formatted(t, row.length, symbols.size(), String.join("", symbols)));
            }
            for (int v = 0; v < row.length; v++) {
                // also when it is NaN
                if (!(row[v] >= 0 && row[v] <= 1)) {
                    throw new IllegalArgumentException(
                            "probs[%d][%d] = %s is not between 0 and 1".formatted(t, v, row[v]));
                }
            }
            double sum = Arrays.stream(row).sum();
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                throw new IllegalArgumentException("probs[%d] = %s has the sum %s, not 1"
                        .formatted(
                                t,
                                Arrays.stream(row).mapToObj(Double::toString).collect(joining(",")),
                                Values.probability(sum)));
            }
        }
    }

    private float[] logarithms() {
        float[] scores = new float[frames() * symbols.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.log(probabilities[i / symbols.size()][i % symbols.size()]);
        }
        return scores;
    }

    CtcBatch batch() {
        return batch;
    }

    ForwardBackward tables() {
        return tables;
    }

    int frames() {
        return probabilities.length;
    }

    int symbolCount() {
        return symbols.size();
    }

    int blank() {
        return batch.blank();
    }

    String name(int symbol) {
        return symbols.get(symbol);
    }

    /** The symbols of a path or of what it collapses to, one after the other. */
    String text(int... path) {
        return Arrays.stream(path).mapToObj(symbols::get).collect(joining());
    }

    String target() {
        return text(batch.target(0));
    }

    double probability(int t, int symbol) {
        return probabilities[t][symbol];
    }

    /** The example's posteriors, as of an utterance from a file. */
    public Occupation occupation() {
        return Occupation.of("target \"%s\"".formatted(target()), batch, 0, OPTIONS, characters(target()));
    }
}
