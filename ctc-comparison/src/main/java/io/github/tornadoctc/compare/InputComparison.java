package io.github.tornadoctc.compare;

import io.github.tornadoctc.shapes.CtcShape;
import java.util.List;

/**
 * What came of comparing backends on one input.
 *
 * @param input the input's name and sizes
 * @param comparison the backends beside the reference
 * @param skipped the backends that were left out
 */
public record InputComparison(CtcShape input, BatchComparison comparison, List<SkippedBackend> skipped) {

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
