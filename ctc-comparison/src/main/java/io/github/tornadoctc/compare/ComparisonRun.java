package io.github.tornadoctc.compare;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All comparisons that are reported and judged together.
 *
 * @param single files and benchmark shapes
 * @param sweep a sweep, or null if there was none
 * @param thresholds what all of them are judged by
 */
public record ComparisonRun(List<InputComparison> single, @Nullable Sweep sweep, Thresholds thresholds) {

    /** Every input: files, shapes, and then the sweep's points. */
    public List<InputComparison> inputs() {
        return sweep == null
                ? single
                : Stream.concat(single.stream(), sweep.points().stream()).toList();
    }

    /** What broke the thresholds, a line for each; empty if nothing did. */
    public List<String> failures() {
        return inputs().stream()
                .flatMap(input -> input.failures(thresholds).stream())
                .toList();
    }
}
