package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import java.util.Arrays;
import java.util.List;

/** γ of every utterance of a batch: the recursions of the loss, which leave posteriors by state instead of a gradient. */
final class CpuPosteriors implements CtcPosteriors {
    private final Crew crew;

    CpuPosteriors(Crew crew) {
        this.crew = crew;
    }

    @Override
    public List<CtcOccupation> posteriors(CtcBatch batch, Scores scores) {
        CtcOccupation.check(batch);
        long start = System.nanoTime();
        int count = batch.batchSize();
        CtcOptions options = CtcOptions.defaults().withScores(scores).withGradient(false);
        CtcResult losses = CtcResult.allocate(batch, options);
        UtteranceResult results = new UtteranceResult(batch, options, losses);
        CtcOccupation[] occupations = new CtcOccupation[count];
        long[] order = new long[count];
        DearestFirst.sort(order, count, crew.threads(), b -> cost(batch, b));
        Worker own = crew.take();
        crew.run(own, count, (worker, rank) -> {
            int b = DearestFirst.utterance(order, rank);
            worker.use(crew.kernels());
            occupations[b] = posteriors(worker, batch, b, results, losses);
        });
        crew.give(own);
        crew.count(start);
        return Arrays.asList(occupations);
    }

    private static long cost(CtcBatch batch, int b) {
        int frames = batch.inputLength(b);
        return Costs.rows(frames, batch.symbols()) + 2 * Costs.pairs(frames, batch.targetLength(b));
    }

    private static CtcOccupation posteriors(
            Worker worker, CtcBatch batch, int b, UtteranceResult results, CtcResult losses) {
        Utterance u = worker.utterance;
        results.open(u, b);
        u.frames.read(worker.rows(), u.target, 0, u.frames.count);
        float[] gamma = batch.hasEnoughFrames(b) ? CtcOccupation.allocate(batch, b) : new float[0];
        u.occupation.want(gamma);
        try {
            results.compute(worker, u, b);
        } finally {
            u.occupation.release();
        }
        CtcStatus status = losses.status(b);
        return status == CtcStatus.OK ? CtcOccupation.of(batch, b, gamma) : CtcOccupation.without(status);
    }
}
