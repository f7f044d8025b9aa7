package io.github.tornadoctc.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a backend's result is from the double reference, for one utterance or for all of a batch.
 *
 * @param loss the largest absolute error of a loss
 * @param relativeLoss the largest relative error of a loss, see {@link Difference#relative}
 * @param lossUlps the largest error of a loss in float32 steps, see {@link Difference#ulps}
 * @param gradient the largest absolute error of an element of the gradient, which lies in [−1, 1]
 * @param gradientRms the root mean square error of the elements of the gradient
 * @param rowSum the largest distance of a frame's gradient, summed over the symbols, from what any right one sums to:
 *     0 for logits, where softmax and posterior both sum to 1, and −1 for log-probabilities
 * @param statuses utterances whose status differs
 * @param strays gradients other than 0 where there must be exactly 0: past an utterance's frames, and everywhere in
 *     an utterance whose reference status is not OK
 */
public record Deviation(
        Worst loss,
        Worst relativeLoss,
        Worst lossUlps,
        Worst gradient,
        RootMeanSquare gradientRms,
        Worst rowSum,
        Violations statuses,
        Violations strays) {
    static final Deviation NONE = new Deviation(
            Worst.NONE,
            Worst.NONE,
            Worst.NONE,
            Worst.NONE,
            RootMeanSquare.NONE,
            Worst.NONE,
            Violations.NONE,
            Violations.NONE);

    /** Of both together. */
    Deviation and(Deviation other) {
        return new Deviation(
                loss.or(other.loss),
                relativeLoss.or(other.relativeLoss),
                lossUlps.or(other.lossUlps),
                gradient.or(other.gradient),
                gradientRms.and(other.gradientRms),
                rowSum.or(other.rowSum),
                statuses.and(other.statuses),
                strays.and(other.strays));
    }

    /** What is too far off, a line for each; empty if nothing is. */
    public List<String> beyond(Thresholds thresholds) {
        List<String> failures = new ArrayList<>();
        if (statuses.count() > 0) {
            failures.add(statuses.toString());
        }
        failures.addAll(relativeLoss.beyond(thresholds.lossError(), "relative error"));
        failures.addAll(gradient.beyond(thresholds.gradientError(), "error"));
        failures.addAll(rowSum.beyond(thresholds.rowSumError(), "error"));
        if (strays.count() > 0) {
            failures.add(strays.toString());
        }
        return failures;
    }
}
