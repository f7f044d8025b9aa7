package io.github.tornadoctc.explain;

import static java.util.stream.Collectors.joining;

import io.github.tornadoctc.reference.ForwardBackward;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The forward table of an example: each value α(t, s) and the values of the frame before that it was made of. */
final class ForwardTable {

    /** How a path gets from one frame to the next. */
    enum Move {
        STAY("←", "<", 0),
        STEP("↖", "\\", 1),
        SKIP("⇖", "\\\\", 2);

        final String arrow;
        final String ascii;
        /** How many states on. */
        final int states;

        Move(String arrow, String ascii, int states) {
            this.arrow = arrow;
            this.ascii = ascii;
            this.states = states;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Example example;
    private final ForwardBackward tables;

    ForwardTable(Example example) {
        this.example = example;
        this.tables = example.tables();
    }

    int frames() {
        return tables.timeSteps();
    }

    int states() {
        return tables.states();
    }

    /** The name of the symbol that state s emits. */
    String symbol(int s) {
        return example.name(tables.symbol(s));
    }

    boolean isBlank(int s) {
        return s % 2 == 0;
    }

    double emission(int t, int s) {
        return example.probability(t, tables.symbol(s));
    }

    double alpha(int t, int s) {
        return Math.exp(tables.logAlpha(t, s));
    }

    /** The moves that brought anything to state s at frame t, none at the first frame. */
    List<Move> moves(int t, int s) {
        List<Move> moves = new ArrayList<>();
        for (Move move : Move.values()) {
            int from = s - move.states;
            boolean allowed = move != Move.SKIP || maySkipTo(s);
            if (t > 0 && from >= 0 && allowed && alpha(t - 1, from) > 0 && emission(t, s) > 0) {
                moves.add(move);
            }
        }
        return moves;
    }

    private boolean maySkipTo(int s) {
        return s >= 2 && !isBlank(s) && tables.symbol(s) != tables.symbol(s - 2);
    }

    /** A cell's equation with its numbers, such as α(1, 1) = 0.7 × (0.4 + 0.6) = 0.7. */
    String equation(String alpha, String times, int t, int s) {
        StringBuilder sources = new StringBuilder();
        for (Move move : moves(t, s)) {
            sources.append(sources.isEmpty() ? "" : " + ")
                    .append(Values.probability(alpha(t - 1, s - move.states)))
                    .append(' ')
                    .append(move.word());
        }
        return "%s(%d, %d) = %s %s (%s) = %s"
                .formatted(
                        alpha,
                        t,
                        s,
                        Values.probability(emission(t, s)),
                        times,
                        sources,
                        Values.probability(alpha(t, s)));
    }

    /** The cell whose equation shows most: the last label's first of those with the most moves; null if none has any. */
    int @Nullable [] instructive() {
        int[] best = null;
        int most = 0;
        for (int t = 1; t < frames(); t++) {
            for (int s = 0; s < states(); s++) {
                int moves = moves(t, s).size();
                if (moves > most) {
                    most = moves;
                    best = new int[] {t, s};
                }
            }
        }
        return best;
    }

    /** Whether a path may end in state s. */
    boolean isEnd(int s) {
        return s >= states() - 2;
    }

    /** The last frame's values in which paths end, as a sum to be read. */
    String ends() {
        if (frames() == 0) {
            return "nothing emitted";
        }
        return IntStream.range(0, states())
                .filter(this::isEnd)
                .mapToObj(s -> Values.probability(alpha(frames() - 1, s)))
                .collect(joining(" + "));
    }

    /** ln p(target), by the table. */
    double logLikelihood() {
        return -tables.loss();
    }

    double likelihood() {
        return Math.exp(logLikelihood());
    }

    /** Whether an enumeration comes to the same; the two round differently. */
    boolean agreesWith(Paths paths) {
        double difference = Math.abs(paths.sum() - likelihood());
        return difference <= 1e-9 * Math.max(paths.sum(), likelihood());
    }
}
