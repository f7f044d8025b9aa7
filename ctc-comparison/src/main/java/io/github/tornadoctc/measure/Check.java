package io.github.tornadoctc.measure;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.compare.Thresholds;
import io.github.tornadoctc.compare.Truth;
import io.github.tornadoctc.reference.ViterbiAlignment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether what is timed is right: the first utterances of a batch against the double reference, as many of them as it
 * does in about a second, and as near as {@code compare} wants them by default.
 */
final class Check {
    /** Σ T·(V + S) that the reference does in about a second. */
    private static final long WORK = 5_000_000;

    private final CtcBatch batch;
    private final Truth truth;

    Check(CtcBatch batch) {
        this.batch = batch;
        long work = (long) batch.timeSteps() * (batch.symbols() + 2L * batch.maxTargetLength() + 1);
        int utterances = Math.clamp(WORK / Math.max(work, 1), Math.min(batch.batchSize(), 1), batch.batchSize());
        this.truth = Truth.ofFirst(utterances, batch, Mode.STEP.options());
    }

    /** How many of the batch's utterances are checked. */
    int utterances() {
        return truth.utterances();
    }

    /** The first thing that is wrong with a result of the whole batch, or empty if nothing is. */
    Optional<String> error(CtcResult result) {
        return truth.compare(result).beyond(Thresholds.DEFAULTS).stream().findFirst();
    }

    /** The first path that is not the reference's, or empty if all are. */
    Optional<String> error(List<CtcAlignment> alignments) {
        for (int b = 0; b < utterances(); b++) {
            int[] states = alignments.get(b).states();
            int[] expected =
                    ViterbiAlignment.of(batch, b, AlignmentOptions.defaults()).states();
            int t = Arrays.mismatch(states, expected);
            if (t >= 0) {
                return Optional.of("the path of utterance %d is another one than the reference's from frame %d on"
                        .formatted(b, t));
            }
        }
        return Optional.empty();
    }
}
