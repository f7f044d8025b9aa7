package io.github.tornadoctc.compare;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is true of a batch: the double reference's tables, computed once and kept, so that any number of results can be
 * held against them. They take 32·T·(2U+1) + 16·T·V bytes for each utterance; where there is but one result,
 * {@link ResultComparison#of} keeps less.
 */
public final class Truth {
    private final CtcBatch batch;
    private final CtcOptions options;
    private final List<UtteranceTruth> utterances;

    private Truth(CtcBatch batch, CtcOptions options, int utterances) {
        this.batch = batch;
        this.options = options.withGradient(true);
        this.utterances = IntStream.range(0, utterances)
                .parallel()
                .mapToObj(b -> new UtteranceTruth(batch, b, this.options))
                .toList();
    }

    /**
     * The truth of all utterances.
     *
     * @param options what results are computed with, but that they may do without the gradient
     */
    public static Truth of(CtcBatch batch, CtcOptions options) {
        return new Truth(batch, options, batch.batchSize());
    }

    /**
     * The truth of the batch's first utterances, where that of all would take too long. Results are still of the whole
     * batch.
     *
     * @param utterances how many, from 0 to B
     * @throws IllegalArgumentException if the batch does not have so many
     */
    public static Truth ofFirst(int utterances, CtcBatch batch, CtcOptions options) {
        if (utterances < 0 || utterances > batch.batchSize()) {
            throw new IllegalArgumentException(
                    "utterances = %d, but the batch has %d".formatted(utterances, batch.batchSize()));
        }
        return new Truth(batch, options, utterances);
    }

    /** How many of the batch's utterances, counted from the first, results are held against. */
    public int utterances() {
        return utterances.size();
    }

    /**
     * Compares statuses, losses, the reduced loss if all utterances are known, and the gradient if the result has one.
     *
     * @throws IllegalArgumentException if the result does not have the shape of the batch
     */
    public ResultComparison compare(CtcResult result) {
        result.checkFits(batch, options.withGradient(result.hasGradient()));
        return ResultComparison.of(batch, options, result, utterances.size(), utterances::get);
    }
}
