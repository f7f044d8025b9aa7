package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcHypotheses;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcRescorer;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;
import java.util.Arrays;

/**
 * Losses of many targets for each utterance: first the rows of several utterances, which any thread reads a part of, then
 * their hypotheses, which any thread takes one of. Emissions are kept of all symbols that an utterance's hypotheses have,
 * and a hypothesis takes its own from there.
 */
final class CpuRescorer implements CtcRescorer {
    /** What emissions of the utterances under way may take together, unless one takes more: 32 MiB of doubles. */
    private static final long MOST_EMISSIONS = 4L << 20;
    /** Parts of the rows for each thread, so that one that is late does not hold up the others for long. */
    private static final int PARTS = 4;

    private final Crew crew;

    CpuRescorer(Crew crew) {
        this.crew = crew;
    }

    @Override
    public double[][] losses(CtcHypotheses hypotheses, Scores scores) {
        CtcOptions options = CtcOptions.defaults().withScores(scores).withGradient(false);
        CtcResult result = CtcResult.allocate(hypotheses.all(), options);
        long start = System.nanoTime();
        Worker own = crew.take();
        new Run(hypotheses, options, result).run(own);
        crew.give(own);
        crew.count(start);
        return hypotheses.byUtterance(result);
    }

    /** One call. */
    private final class Run {
        private final CtcHypotheses hypotheses;
        private final CtcBatch batch;
        private final CtcOptions options;
        private final CtcResult result;
        private final UtteranceResult results;
        /** Of the utterances under way. */
        private Utterance[] rows = {};

        Run(CtcHypotheses hypotheses, CtcOptions options, CtcResult result) {
            this.hypotheses = hypotheses;
            this.batch = hypotheses.vocabularies();
            this.options = options;
            this.result = result;
            this.results = new UtteranceResult(hypotheses.all(), options, result);
        }

        void run(Worker own) {
            for (int first = 0, end; first < batch.batchSize(); first = end) {
                end = end(first);
                readRows(own, first, end);
                int from = first;
                int hypothesis = hypotheses.first(first);
                crew.run(
                        own,
                        hypotheses.first(end) - hypothesis,
                        (worker, item) -> rescore(worker, from, hypothesis + item));
            }
        }

        /** The utterances from {@code first} on whose emissions are kept at a time. */
        private int end(int first) {
            int end = first;
            long emissions = 0;
            do {
                emissions += (long) batch.inputLength(end) * (batch.targetLength(end) + 1);
                end++;
            } while (end < batch.batchSize() && emissions < MOST_EMISSIONS);
            return end;
        }

        private void readRows(Worker own, int first, int end) {
            int count = end - first;
            if (rows.length < count) {
                rows = new Utterance[count];
                Arrays.setAll(rows, i -> new Utterance());
            }
            long cost = 0;
            for (int i = 0; i < count; i++) {
                rows[i].target.read(batch, first + i);
                rows[i].frames.prepare(batch, first + i, options, result, rows[i].target);
                cost += Costs.rows(rows[i].frames.count, batch.symbols());
            }
            int parts = Costs.isWorthSplitting(cost) ? Math.ceilDiv(PARTS * crew.threads(), count) : 1;
            crew.run(own, count * parts, (worker, item) -> {
                worker.use(crew.kernels());
                rows[item / parts].readRows(worker, item % parts, parts);
            });
        }

        private void rescore(Worker worker, int first, int n) {
            worker.use(crew.kernels());
            Utterance read = rows[hypotheses.utterance(n) - first];
            Utterance u = worker.utterance;
            u.target.read(hypotheses.all(), n);
            u.frames.take(read.frames, read.target, u.target);
            results.compute(worker, u, n);
        }
    }
}
