package io.github.tornadoctc.compare;

import io.github.tornadoctc.shapes.CtcShape;
import java.util.List;

/**
 * What came of comparing backends on one input.
 *
 * @param input the input's name and sizes; of a random batch those that were asked for
 * @param longestTarget of the batch, which may be less than was asked for
 * @param comparison the backends beside the reference
 * @param skipped the backends that were left out
 */
public record InputComparison(
        CtcShape input, int longestTarget, BatchComparison comparison, List<SkippedBackend> skipped) {

    /** The sizes in words, as they are named, and the longest target where that is another one. */
    public String sizes() {
        return "T=%d B=%d V=%d U=%d%s"
                .formatted(
                        input.timeSteps(),
                        input.batchSize(),
                        input.symbols(),
                        input.maxTargetLength(),
                        longestTargetText());
    }

    /** The longest target in words, to follow U; empty if it is U. */
    public String longestTargetText() {
        return longestTarget == input.maxTargetLength() ? "" : " (longest target %d)".formatted(longestTarget);
    }

    /** One comparison per backend. */
    public List<BackendComparison> backends() {
        return comparison.backends();
    }

    /** What broke the thresholds: input, backend, and where; empty if nothing did. */
    public List<String> failures(Thresholds thresholds) {
        return backends().stream()
                .flatMap(backend -> backend.beyond(thresholds).stream()
                        .map(failure -> "%s: %s: %s".formatted(input.name(), backend.backend(), failure)))
                .toList();
    }
}
