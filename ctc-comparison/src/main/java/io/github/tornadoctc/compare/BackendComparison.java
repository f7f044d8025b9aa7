package io.github.tornadoctc.compare;

import io.github.tornadoctc.timing.Timing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One backend beside the reference.
 *
 * @param backend its name, with its device's id if it needs one to be told from others
 * @param device the device it computed on, in words
 * @param timing of losses and gradient
 * @param runs how many times it computed
 * @param differences the runs after the first whose result is not bitwise that of the first
 * @param result how far off the first run's result is
 * @param heatMap where the gradient of the worst utterance is off; null if nobody asked, or if nothing is off
 */
public record BackendComparison(
        String backend,
        String device,
        Timing timing,
        int runs,
        Violations differences,
        ResultComparison result,
        @Nullable HeatMap heatMap) {

    /** What losses and gradient took, the median where they were timed. */
    public double milliseconds() {
        return timing.milliseconds().median();
    }

    /** How far off the utterances are, taken together. */
    public Deviation overall() {
        return result.overall();
    }

    /**
     * What is too far off or not repeatable, a line for each; empty if nothing is. Utterances are judged each by itself
     * and not by their reduced loss, in which the errors of many small losses add up.
     */
    public List<String> beyond(Thresholds thresholds) {
        List<String> failures = new ArrayList<>(overall().beyond(thresholds));
        if (differences.count() > 0) {
            failures.add(differences.toString());
        }
        return failures;
    }

    BackendComparison withHeatMap(@Nullable HeatMap map) {
        return new BackendComparison(backend, device, timing, runs, differences, result, map);
    }
}
