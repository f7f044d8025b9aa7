package io.github.tornadoctc.compare;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One backend beside the reference.
 *
 * @param backend its name, with its device's id if it needs one to be told from others
 * @param device the device it computed on, in words
 * @param milliseconds what the losses and the gradient took: of the last computation, since the first one compiles
 *     and allocates
 * @param runs how many times it computed
 * @param differences the runs after the first whose result is not bitwise that of the first
 * @param utterances how far off each utterance is
 * @param gradientErrors how the errors of the gradient are distributed
 * @param heatMap where the gradient of the worst utterance is off; null if nobody asked, or if nothing is off
 */
public record BackendComparison(
        String backend,
        String device,
        double milliseconds,
        int runs,
        Violations differences,
        List<Deviation> utterances,
        GradientErrors gradientErrors,
        @Nullable HeatMap heatMap) {

    /** How far off the batch is. */
    public Deviation overall() {
        return utterances.stream().reduce(Deviation.NONE, Deviation::and);
    }

    /** What 99.9 % of the errors of the gradient's elements do not exceed; see {@link ErrorHistogram}. */
    public double gradientPercentile() {
        return gradientErrors.histogram().percentile(99.9);
    }

    /** What is too far off or not repeatable, a line for each; empty if nothing is. */
    public List<String> beyond(Thresholds thresholds) {
        List<String> failures = new ArrayList<>(overall().beyond(thresholds));
        if (differences.count() > 0) {
            failures.add(differences.toString());
        }
        return failures;
    }

    BackendComparison withHeatMap(@Nullable HeatMap map) {
        return new BackendComparison(backend, device, milliseconds, runs, differences, utterances, gradientErrors, map);
    }
}
