package io.github.tornadoctc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a target leaves out what was said: a wildcard stands for any sequence of frames, also for none, at the ends of a
 * target or between two of its labels, so that partial and wrong transcripts can be aligned.
 *
 * <p>A wildcard takes the place of a blank state: state 2u, before label u, where a path may stay for as long as it
 * likes, and which it may pass by as it may a blank (not between two equal labels). In each of its frames it costs
 * what the blank does or what {@link Cost} says, whichever is more probable.
 */
public final class Wildcards {
    private static final Wildcards NONE = new Wildcards(null, false, Cost.belowBest(1));

    private final int @Nullable [][] positions;
    private final boolean ends;
    private final Cost cost;

    /**
     * What a frame in a wildcard costs, where it is not a blank.
     *
     * @param constant whether {@code nats} is a log-probability by itself, and not relative to the frame's best symbol
     * @param nats the log-probability, or how far it is below the best symbol's
     */
    public record Cost(boolean constant, double nats) {
        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if it is not finite, or a negative distance
         */
        public Cost {
            if (!Double.isFinite(nats) || (!constant && nats < 0)) {
                throw new IllegalArgumentException(
                        constant
                                ? "logProbability = %s is not finite".formatted(nats)
                                : "nats = %s is not a finite number of 0 or more".formatted(nats));
            }
        }

        /**
         * The log-probability of the frame's most probable symbol, less {@code nats} ≥ 0. With 0 a wildcard costs as
         * little as any symbol could, so a label that is the best of a frame is no better there than the wildcard.
         */
        public static Cost belowBest(double nats) {
            return new Cost(false, nats);
        }

        /** The same log-probability in every frame. */
        public static Cost constant(double logProbability) {
            return new Cost(true, logProbability);
        }

        /**
         * For backends: the log-probability of a frame in a wildcard, relative to the frame's largest.
         *
         * @param largest the largest score of the frame; −∞ if all are masked, and then to be taken for 0
         * @param logSum ln Σ e^(score − largest) for logits; minus the largest for log-probabilities
         */
        public double relative(float largest, double logSum) {
            double best = largest == Float.NEGATIVE_INFINITY ? Double.NEGATIVE_INFINITY : 0;
            return constant ? nats + logSum : best - nats;
        }
    }

    private Wildcards(int @Nullable [][] positions, boolean ends, Cost cost) {
        this.positions = positions;
        this.ends = ends;
        this.cost = cost;
    }

    /** Nothing is left out. */
    public static Wildcards none() {
        return NONE;
    }

    /** Of every utterance something may be left out before the first label and after the last. */
    public static Wildcards atEnds() {
        return new Wildcards(null, true, NONE.cost);
    }

    /**
     * For each utterance the places where something may be left out.
     *
     * @param positions B rows of numbers in [0, U_b]: u is before label u, U_b after the last
     */
    public static Wildcards at(int[]... positions) {
        int[][] copy = new int[positions.length][];
        Arrays.setAll(copy, b -> Arrays.stream(positions[b]).sorted().toArray());
        return new Wildcards(copy, false, NONE.cost);
    }

    /** The same at that cost; {@code belowBest(1)} unless said otherwise. */
    public Wildcards costing(Cost newCost) {
        return new Wildcards(positions, ends, newCost);
    }

    /** What a frame costs. */
    public Cost cost() {
        return cost;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return positions == null && !ends;
    }

    /** Whether one stands before label u of utterance b of a batch, or after the last label if u is their number. */
    public boolean standsAt(CtcBatch batch, int b, int u) {
        if (ends) {
            return u == 0 || u == batch.targetLength(b);
        }
        return positions != null && Arrays.binarySearch(positions[b], u) >= 0;
    }

    void check(CtcBatch batch) {
        if (positions == null) {
            return;
        }
        if (positions.length != batch.batchSize()) {
            throw new IllegalArgumentException(
                    "wildcards has %d rows for a batch of %d".formatted(positions.length, batch.batchSize()));
        }
        for (int b = 0; b < positions.length; b++) {
            for (int u : positions[b]) {
                if (u < 0 || u > batch.targetLength(b)) {
                    throw new IllegalArgumentException(
                            "wildcards[%d] has %d, which is not in [0, %d], the target's length"
                                    .formatted(b, u, batch.targetLength(b)));
                }
            }
        }
    }
}
