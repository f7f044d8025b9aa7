package io.github.tornadoctc.cpu;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.cpu.align.ScoreRows;
import io.github.tornadoctc.cpu.align.ViterbiSearch;
import java.util.List;

/** Forced alignment of every utterance of a batch. */
final class CpuAligner implements CtcAligner {
    private final UtteranceCrew crew;

    CpuAligner(UtteranceCrew crew) {
        this.crew = crew;
    }

    @Override
    public List<CtcAlignment> align(CtcBatch batch, AlignmentOptions options) {
        options.check(batch);
        CtcBatch wide = batch.inFloat32();
        return crew.each(
                wide,
                options.scores(),
                (b, rows, kernels, rowsAreRead) -> align(wide, b, options, rows, kernels, rowsAreRead));
    }

    private static CtcAlignment align(
            CtcBatch batch, int b, AlignmentOptions options, ScoreRows rows, KernelSet kernels, boolean rowsAreRead) {
        boolean search = batch.hasEnoughFrames(b);
        if (!search && !rowsAreRead) {
            kernels.sums.read(rows, 0, rows.count());
        }
        int[] states = search
                ? new ViterbiSearch(kernels.maxPlus, kernels.sums, batch, b, options.wildcards(), rows, rowsAreRead)
                        .states()
                : null;
        if (!rows.areFinite()) {
            return CtcAlignment.without(CtcStatus.NON_FINITE);
        }
        return states == null
                ? CtcAlignment.without(CtcStatus.INFEASIBLE)
                : CtcAlignment.along(batch, b, options, states, rows.largest, rows.logSum);
    }
}
