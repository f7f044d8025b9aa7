package io.github.tornadoctc.decoding;

import java.util.Arrays;

/** A labelling that an utterance may say, and how much speaks for it, in nats. */
public final class Hypothesis {
    private final int[] labels;
    private final double acousticScore;
    private final double scorerScore;

    Hypothesis(int[] labels, double acousticScore, double scorerScore) {
        this.labels = labels;
        this.acousticScore = acousticScore;
        this.scorerScore = scorerScore;
    }

    /** The same with another acoustic score. */
    Hypothesis withAcousticScore(double score) {
        return new Hypothesis(labels, score, scorerScore);
    }

    /** The labels, in a new array. */
    public int[] labels() {
        return labels.clone();
    }

    /** What hypotheses are ranked by: {@link #acousticScore()} + {@link #scorerScore()}. */
    public double score() {
        return acousticScore + scorerScore;
    }

    /**
     * ln p(labels | scores), summed over the paths that the search has kept. With a beam of all prefixes and no threshold
     * these are all there are, and it is the negated CTC loss of the labels; else it may be less, and {@link Rescoring} finds
     * what it lacks.
     */
    public double acousticScore() {
        return acousticScore;
    }

    /** What the {@link Scorer} has given, 0 without one. */
    public double scorerScore() {
        return scorerScore;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hypothesis that
                && Arrays.equals(labels, that.labels)
                && Double.compare(acousticScore, that.acousticScore) == 0
                && Double.compare(scorerScore, that.scorerScore) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "%s, score %.4f = %.4f + %.4f".formatted(Arrays.toString(labels), score(), acousticScore, scorerScore);
    }
}
