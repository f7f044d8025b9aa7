package io.github.tornadoctc.compare;

import io.github.tornadoctc.CtcStatus;
import java.util.List;
import java.util.Map;

/**
 * Backends beside the reference, on one batch.
 *
 * @param statuses how many utterances have which status, by the reference
 * @param disagreement how far the reference's own α and β disagree about a likelihood; what it is worth as a
 *     reference
 * @param backends one comparison per backend that has computed the batch
 * @param unfit the backends whose device has no room for the batch
 */
public record BatchComparison(
        Map<CtcStatus, Long> statuses,
        Worst disagreement,
        List<BackendComparison> backends,
        List<SkippedBackend> unfit) {}
