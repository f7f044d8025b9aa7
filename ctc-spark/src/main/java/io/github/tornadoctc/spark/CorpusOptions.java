package io.github.tornadoctc.spark;

import java.io.Serializable;
import java.util.Objects;

/**
 * What to compute of a corpus, and with what.
 *
 * @param input how to read its rows
 * @param backend the name of the backend that each executor opens, once. With {@code auto} an executor computes on the CPU
 *     or on a GPU of its own, call by call, and the last bits depend on which; any other is one for all
 * @param zeroInfinity whether an utterance that no path fits counts as loss 0 instead of +∞
 * @param partial whether anything may be said before the first label and after the last; of alignments
 * @param wildcardCost how far below the frame's likeliest symbol a wildcard is, in nats; its log-probability, if negative
 * @param beamWidth the prefixes that decoding keeps from frame to frame; with 1 it takes the best path
 * @param tokenThreshold how much less likely than the likeliest symbol of its frame a symbol may be to be tried, in nats
 * @param batchBytes the memory for a batch: its padded scores in float32, and of an alignment the occupation of its states.
 *     An utterance that needs more is a batch by itself
 * @param windowBytes the memory for rows that are sorted by length, and formed into batches, at a time
 */
public record CorpusOptions(
        CorpusInput input,
        String backend,
        boolean zeroInfinity,
        boolean partial,
        double wildcardCost,
        int beamWidth,
        double tokenThreshold,
        long batchBytes,
        long windowBytes)
        implements Serializable {
    private static final CorpusOptions DEFAULTS =
            new CorpusOptions(CorpusInput.defaults(), "auto", false, false, 1, 16, 12, 16L << 20, 64L << 20);

    /**
     * All at once.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public CorpusOptions {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(backend, "backend");
        if (!Double.isFinite(wildcardCost)) {
            throw new IllegalArgumentException("wildcardCost = %s is not finite".formatted(wildcardCost));
        }
        if (!(tokenThreshold >= 0)) {
            throw new IllegalArgumentException("tokenThreshold = %s is not 0 or more".formatted(tokenThreshold));
        }
        atLeastOne("beamWidth", beamWidth);
        atLeastOne("batchBytes", batchBytes);
        atLeastOne("windowBytes", windowBytes);
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s = %d is less than 1".formatted(name, value));
        }
    }

    /** Batches of 16 MiB from windows of 64 MiB, on {@code auto}, 16 prefixes, symbols down to 12 nats. */
    public static CorpusOptions defaults() {
        return DEFAULTS;
    }

    /** The same for rows that are read so. */
    public CorpusOptions withInput(CorpusInput newInput) {
        return new CorpusOptions(
                newInput,
                backend,
                zeroInfinity,
                partial,
                wildcardCost,
                beamWidth,
                tokenThreshold,
                batchBytes,
                windowBytes);
    }

    /** The same on that backend. */
    public CorpusOptions withBackend(String newBackend) {
        return new CorpusOptions(
                input,
                newBackend,
                zeroInfinity,
                partial,
                wildcardCost,
                beamWidth,
                tokenThreshold,
                batchBytes,
                windowBytes);
    }

    /** The same, with loss 0 instead of +∞ for infeasible utterances or not. */
    public CorpusOptions withZeroInfinity(boolean newZeroInfinity) {
        return new CorpusOptions(
                input,
                backend,
                newZeroInfinity,
                partial,
                wildcardCost,
                beamWidth,
                tokenThreshold,
                batchBytes,
                windowBytes);
    }

    /** The same, with wildcards at both ends of targets or not, at that cost wherever there are wildcards. */
    public CorpusOptions withWildcards(boolean newPartial, double newCost) {
        return new CorpusOptions(
                input, backend, zeroInfinity, newPartial, newCost, beamWidth, tokenThreshold, batchBytes, windowBytes);
    }

    /** The same with a beam of so many prefixes and that threshold. */
    public CorpusOptions withBeam(int newWidth, double newThreshold) {
        return new CorpusOptions(
                input, backend, zeroInfinity, partial, wildcardCost, newWidth, newThreshold, batchBytes, windowBytes);
    }

    /** The same with batches and windows of so many bytes. */
    public CorpusOptions withMemory(long newBatchBytes, long newWindowBytes) {
        return new CorpusOptions(
                input,
                backend,
                zeroInfinity,
                partial,
                wildcardCost,
                beamWidth,
                tokenThreshold,
                newBatchBytes,
                newWindowBytes);
    }
}
