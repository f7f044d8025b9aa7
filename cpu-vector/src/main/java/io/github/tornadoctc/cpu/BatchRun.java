package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;

/** One call of the backend: utterances go to threads whole, or, where that would leave threads idle, some of them split. */
final class BatchRun implements Crew.Task {
    private static final Costs NONE = new Costs(new long[0], new long[0], false);

    private final Crew crew;
    private final CtcOptions options;
    private final CtcBatch batch;
    private final CtcResult result;
    private final UtteranceResult results;
    private long[] order = {};

    BatchRun(Crew crew, CtcBatch batch, CtcOptions options, CtcResult result) {
        this.crew = crew;
        this.batch = batch;
        this.options = options;
        this.result = result;
        this.results = new UtteranceResult(batch, options, result);
    }

    void run() {
        Worker worker = crew.take();
        int count = batch.batchSize();
        worker.order = Grow.atLeast(worker.order, count);
        order = worker.order;
        DearestFirst.sort(order, count, crew.threads(), this::cost);
        Costs costs = crew.threads() > 1 && count > 0 && Costs.isWorthSplitting(cost(utterance(0))) ? costs() : NONE;
        Splitting splitting = costs.split(crew.threads());
        if (splitting.utterances() == 0) {
            crew.run(worker, count, this);
        } else {
            new SharedRun(crew, this, costs, splitting).run(worker);
        }
        crew.give(worker);
        result.reduce(batch, options);
    }

    private long cost(int b) {
        int frames = batch.inputLength(b);
        return Costs.rows(frames, batch.symbols()) + Costs.pairs(frames, batch.targetLength(b));
    }

    private Costs costs() {
        int count = batch.batchSize();
        long[] rows = new long[count];
        long[] pairs = new long[count];
        for (int rank = 0; rank < count; rank++) {
            int frames = batch.inputLength(utterance(rank));
            rows[rank] = Costs.rows(frames, batch.symbols());
            pairs[rank] = Costs.pairs(frames, batch.targetLength(utterance(rank)));
        }
        return new Costs(rows, pairs, options.gradient());
    }

    /** The utterance of a rank, the dearest being of rank 0. */
    int utterance(int rank) {
        return DearestFirst.utterance(order, rank);
    }

    UtteranceResult results() {
        return results;
    }

    /** Computes the utterance of a rank on one thread. */
    @Override
    public void run(Worker worker, int rank) {
        worker.use(crew.kernels());
        int b = utterance(rank);
        Utterance u = worker.utterance;
        results.open(u, b);
        u.frames.read(worker.rows(), u.target, 0, u.frames.count);
        results.compute(worker, u, b);
    }
}
