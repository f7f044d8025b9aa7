package io.github.tornadoctc.cli;

import io.github.tornadoctc.explain.Example;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A tiny example, given on the command line. */
final class ExampleOptions {
    private static final String DEFAULT_SYMBOLS = "_g";
    private static final String DEFAULT_TARGET = "g";
    /** Chosen so that the probabilities of paths have few digits, and no two paths the same. */
    private static final double[][] DEFAULT_PROBABILITIES = {{0.6, 0.4}, {0.3, 0.7}, {0.8, 0.2}};

    @Option(
            names = "--target",
            paramLabel = "TEXT",
            description = "The example's target, one symbol per character (default: " + DEFAULT_TARGET + ").")
    private @Nullable String target;

    @Option(
            names = "--symbols",
            paramLabel = "TEXT",
            description = "The example's symbols, one per character, the blank among them (default: " + DEFAULT_SYMBOLS
                    + ").")
    private @Nullable String symbols;

    @Option(
            names = "--probs",
            paramLabel = "ROWS",
            description = "The example's probabilities, a row per frame: \"0.6,0.4;0.3,0.7;0.8,0.2\" (default: this;"
                    + " if it does not suit symbols and target, every symbol is as likely as any other, in three"
                    + " frames or as many as the target needs).")
    private @Nullable String probabilities;

    boolean given() {
        return target != null || symbols != null || probabilities != null;
    }

    /**
     * The example.
     *
     * @throws IllegalArgumentException if there is something wrong with it
     */
    Example example(int blank) {
        String text = target == null ? DEFAULT_TARGET : target;
        List<String> names = Example.characters(symbols == null ? DEFAULT_SYMBOLS : symbols);
        return new Example(
                names,
                blank,
                text,
                probabilities == null ? defaults(names.size(), Example.framesFor(text)) : parse(probabilities));
    }

    private static double[][] defaults(int symbols, int frames) {
        if (symbols == DEFAULT_PROBABILITIES[0].length && frames <= DEFAULT_PROBABILITIES.length) {
            return DEFAULT_PROBABILITIES;
        }
        double[][] uniform = new double[Math.max(DEFAULT_PROBABILITIES.length, frames)][symbols];
        for (double[] row : uniform) {
            Arrays.fill(row, 1.0 / symbols);
        }
        return uniform;
    }

    private static double[][] parse(String rows) {
        String[] texts = rows.strip().replaceFirst(";$", "").split(";", -1);
        double[][] parsed = new double[texts.length][];
        for (int t = 0; t < texts.length; t++) {
            String[] values = texts[t].split(",", -1);
            parsed[t] = new double[values.length];
            for (int v = 0; v < values.length; v++) {
                try {
                    parsed[t][v] = Double.parseDouble(values[v].strip());
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "probs[%d][%d] = %s is not a number".formatted(t, v, values[v].strip()), e);
                }
            }
        }
        return parsed;
    }
}
