package io.github.tornadoctc.compare;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.reference.ForwardBackward;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * One computed result beside the double reference: the tables of {@link ForwardBackward} as they are, not rounded to
 * the float32 of a {@link CtcResult}.
 *
 * @param utterances how far off each utterance is, in the order of the batch
 * @param reduced the relative error of the reduced loss, as {@link Difference#relative} has it; nothing if only some
 *     of the utterances were compared
 * @param gradientErrors how the errors of the gradient are distributed; empty if there is none
 */
public record ResultComparison(List<Deviation> utterances, Worst reduced, GradientErrors gradientErrors) {
    public ResultComparison {
        utterances = List.copyOf(utterances);
    }

    /**
     * Compares statuses, losses, the reduced loss and, if the options ask for it, the gradient. An utterance at a time
     * on each processor, whose tables take 32·T·(2U+1) + 16·T·V bytes. {@link Truth} keeps them for other results.
     *
     * @param options what was computed
     * @throws IllegalArgumentException if the result does not have the shape of the batch, or lacks the gradient
     */
    public static ResultComparison of(CtcBatch batch, CtcOptions options, CtcResult result) {
        result.checkFits(batch, options);
        return of(batch, options, result, batch.batchSize(), b -> new UtteranceTruth(batch, b, options));
    }

    static ResultComparison of(
            CtcBatch batch, CtcOptions options, CtcResult result, int utterances, IntFunction<UtteranceTruth> truth) {
        GradientErrors errors = new GradientErrors(batch.timeSteps());
        List<Deviation> deviations = IntStream.range(0, utterances)
                .parallel()
                .mapToObj(b -> UtteranceComparison.of(truth.apply(b), List.of(result), List.of(errors))
                        .getFirst())
                .toList();
        return of(batch, options, result, deviations, errors);
    }

    /** Of utterances that have been compared. */
    static ResultComparison of(
            CtcBatch batch, CtcOptions options, CtcResult result, List<Deviation> utterances, GradientErrors errors) {
        return new ResultComparison(utterances, reduced(batch, options, result, utterances), errors);
    }

    private static Worst reduced(CtcBatch batch, CtcOptions options, CtcResult result, List<Deviation> utterances) {
        if (utterances.size() < batch.batchSize()) {
            return Worst.NONE;
        }
        double expected = 0;
        for (int b = 0; b < utterances.size(); b++) {
            expected += options.reduction().weight(batch, b)
                    * utterances.get(b).loss().expected();
        }
        double actual = result.reduced();
        return new Worst(Difference.relative(actual, expected), Place.reduced(), actual, expected);
    }

    /** How far off the utterances are, taken together. */
    public Deviation overall() {
        return utterances.stream().reduce(Deviation.NONE, Deviation::and);
    }

    /** What 99.9 % of the errors of the gradient's elements do not exceed; see {@link ErrorHistogram}. */
    public double gradientPercentile() {
        return gradientErrors.histogram().percentile(99.9);
    }

    /**
     * What is too far off, a line for each that says where; empty if nothing is. The reduced loss is held to the
     * threshold of a loss.
     */
    public List<String> beyond(Thresholds thresholds) {
        List<String> failures = new ArrayList<>(overall().beyond(thresholds));
        failures.addAll(reduced.beyond(thresholds.lossError(), "relative error"));
        return failures;
    }
}
