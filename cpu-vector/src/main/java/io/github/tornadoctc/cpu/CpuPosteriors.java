package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.cpu.align.ForwardBackwardSearch;
import io.github.tornadoctc.cpu.align.ScoreRows;
import java.util.List;

/** γ of every utterance of a batch. */
final class CpuPosteriors implements CtcPosteriors {
    private final UtteranceCrew crew;

    CpuPosteriors(UtteranceCrew crew) {
        this.crew = crew;
    }

    @Override
    public List<CtcOccupation> posteriors(CtcBatch batch, Scores scores) {
        CtcOccupation.check(batch);
        CtcBatch wide = batch.inFloat32();
        return crew.each(
                wide, scores, (b, rows, kernels, rowsAreRead) -> posteriors(wide, b, rows, kernels, rowsAreRead));
    }

    private static CtcOccupation posteriors(
            CtcBatch batch, int b, ScoreRows rows, KernelSet kernels, boolean rowsAreRead) {
        if (!rowsAreRead) {
            kernels.sums.read(rows, 0, rows.count());
        }
        if (!rows.areFinite()) {
            return CtcOccupation.without(CtcStatus.NON_FINITE);
        }
        if (!batch.hasEnoughFrames(b)) {
            return CtcOccupation.without(CtcStatus.INFEASIBLE);
        }
        float[] gamma = CtcOccupation.allocate(batch, b);
        return new ForwardBackwardSearch(batch, b, rows).fill(gamma)
                ? CtcOccupation.of(batch, b, gamma)
                : CtcOccupation.without(CtcStatus.INFEASIBLE);
    }
}
