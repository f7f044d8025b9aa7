package io.github.tornadoctc.decoding;

import io.github.tornadoctc.Scores;
import java.util.Objects;

/**
 * How to search.
 *
 * @param scores what the batch's scores are
 * @param beamWidth the prefixes that are kept from frame to frame, at least 1
 * @param tokenThreshold how much less likely than the likeliest symbol of its frame a symbol may be for a prefix to go on
 *     with it, in nats, not negative; {@link Double#POSITIVE_INFINITY} tries all symbols at every frame
 * @param nBest the hypotheses that are given of an utterance at most, at least 1
 * @param scorer what else is known of labellings
 * @param maxThreads threads to compute on at most, the caller's included, at least 1
 */
public record BeamSearchOptions(
        Scores scores, int beamWidth, double tokenThreshold, int nBest, Scorer scorer, int maxThreads) {
    /** e⁻¹² is 6e-6: what is less likely than that beside another symbol is not what was said. */
    private static final double DEFAULT_THRESHOLD = 12;

    private static final BeamSearchOptions DEFAULTS =
            new BeamSearchOptions(Scores.LOGITS, 16, DEFAULT_THRESHOLD, 1, Scorer.none(), Integer.MAX_VALUE);

    /**
     * All options at once.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public BeamSearchOptions {
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(scorer, "scorer");
        atLeastOne("beamWidth", beamWidth);
        atLeastOne("nBest", nBest);
        atLeastOne("maxThreads", maxThreads);
        if (!(tokenThreshold >= 0)) {
            throw new IllegalArgumentException("tokenThreshold = %s is not 0 or more".formatted(tokenThreshold));
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s = %d is less than 1".formatted(name, value));
        }
    }

    /** Raw logits, 16 prefixes, symbols down to 12 nats below the likeliest, one hypothesis, no scorer, all processors. */
    public static BeamSearchOptions defaults() {
        return DEFAULTS;
    }

    /** The same for scores of that kind. */
    public BeamSearchOptions withScores(Scores newScores) {
        return new BeamSearchOptions(newScores, beamWidth, tokenThreshold, nBest, scorer, maxThreads);
    }

    /** The same with so many prefixes. */
    public BeamSearchOptions withBeamWidth(int newBeamWidth) {
        return new BeamSearchOptions(scores, newBeamWidth, tokenThreshold, nBest, scorer, maxThreads);
    }

    /** The same with symbols down to so many nats below the likeliest. */
    public BeamSearchOptions withTokenThreshold(double newTokenThreshold) {
        return new BeamSearchOptions(scores, beamWidth, newTokenThreshold, nBest, scorer, maxThreads);
    }

    /** The same with so many hypotheses. */
    public BeamSearchOptions withNBest(int newNBest) {
        return new BeamSearchOptions(scores, beamWidth, tokenThreshold, newNBest, scorer, maxThreads);
    }

    /** The same with that scorer. */
    public BeamSearchOptions withScorer(Scorer newScorer) {
        return new BeamSearchOptions(scores, beamWidth, tokenThreshold, nBest, newScorer, maxThreads);
    }

    /** The same on at most so many threads. */
    public BeamSearchOptions withMaxThreads(int newMaxThreads) {
        return new BeamSearchOptions(scores, beamWidth, tokenThreshold, nBest, scorer, newMaxThreads);
    }
}
