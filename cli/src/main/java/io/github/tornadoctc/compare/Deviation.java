package io.github.tornadoctc.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a backend's result is from the double reference, for one utterance or for all of a batch.
 *
 * @param loss the largest absolute error of a loss
 * @param relativeLoss the largest relative error of a loss: {@code |loss − reference| / max(1, |reference|)}, so that
 *     a loss near 0, the logarithm of a probability near 1, is not asked for more digits than the probability has
 * @param gradient the largest absolute error of an element of the gradient, which lies in [−1, 1]
 * @param statuses utterances whose status differs
 * @param strays gradients other than 0 where there must be exactly 0: past an utterance's frames, and everywhere in
 *     an utterance whose reference status is not OK
 */
public record Deviation(Worst loss, Worst relativeLoss, Worst gradient, Violations statuses, Violations strays) {
    static final Deviation NONE = new Deviation(Worst.NONE, Worst.NONE, Worst.NONE, Violations.NONE, Violations.NONE);

    /** Of both together. */
    Deviation and(Deviation other) {
        return new Deviation(
                loss.or(other.loss),
                relativeLoss.or(other.relativeLoss),
                gradient.or(other.gradient),
                statuses.and(other.statuses),
                strays.and(other.strays));
    }

    /** What is too far off, a line for each; empty if nothing is. */
    public List<String> beyond(Thresholds thresholds) {
        List<String> failures = new ArrayList<>();
        if (statuses.count() > 0) {
            failures.add(statuses.toString());
        }
        addIfBeyond(failures, relativeLoss, thresholds.lossError(), "relative error");
        addIfBeyond(failures, gradient, thresholds.gradientError(), "error");
        if (strays.count() > 0) {
            failures.add(strays.toString());
        }
        return failures;
    }

    private static void addIfBeyond(List<String> failures, Worst worst, double threshold, String kind) {
        if (worst.error() > threshold) {
            failures.add("%s: %s %.2e is more than %.2e".formatted(worst, kind, worst.error(), threshold));
        }
    }
}
