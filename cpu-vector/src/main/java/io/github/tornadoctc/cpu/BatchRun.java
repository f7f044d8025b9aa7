package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import java.util.Arrays;

/**
 * One call of the backend. Utterances go to threads whole, the dearest first; what is left over after every thread
 * has had as many as the others is split, one utterance after the other, if it is worth it.
 */
final class BatchRun implements Crew.Task {
    private static final double LN_2 = 0.6931471805599453;

    /** Cost, as {@link #cost} counts, below which handing out parts takes longer than computing them (some 50 µs). */
    private static final long WORTH_SPLITTING = 200_000;

    /** What a pair of states costs in symbols of a row, roughly: that is all it takes to put the dearest first. */
    private static final int PAIR_COST = 4;

    private final Crew crew;
    private final CtcBatch batch;
    private final CtcOptions options;
    private final CtcResult result;
    private long[] order = {};

    BatchRun(Crew crew, CtcBatch batch, CtcOptions options, CtcResult result) {
        this.crew = crew;
        this.batch = batch;
        this.options = options;
        this.result = result;
    }

    void run() {
        Worker worker = crew.take();
        int count = batch.batchSize();
        sortByCost(worker);
        int left = count % crew.threads();
        int split = 0;
        while (split < left && cost(utterance(count - 1 - split)) >= WORTH_SPLITTING) {
            split++;
        }
        if (crew.threads() == 1) {
            split = 0;
        }
        crew.run(worker, count - split, this);
        for (int item = count - split; item < count; item++) {
            compute(worker, new SplitUtterance(crew, worker), utterance(item));
        }
        crew.give(worker);
        result.reduce(batch, options);
    }

    /** Dearest first, so that threads end together. */
    private void sortByCost(Worker worker) {
        int count = batch.batchSize();
        worker.order = Grow.atLeast(worker.order, count);
        order = worker.order;
        for (int b = 0; b < count; b++) {
            order[b] = -Math.min(cost(b), Integer.MAX_VALUE) << Integer.SIZE | b;
        }
        if (crew.threads() > 1) {
            Arrays.sort(order, 0, count);
        }
    }

    private int utterance(int item) {
        return (int) order[item];
    }

    private long cost(int b) {
        return (long) batch.inputLength(b) * (batch.symbols() + PAIR_COST * (batch.targetLength(b) + 1L));
    }

    /** Computes one utterance on one thread. */
    @Override
    public void run(Worker worker, int item) {
        compute(worker, worker, utterance(item));
    }

    /**
     * Computes one utterance.
     *
     * @param worker what this thread computes with
     * @param passes the worker, or what shares the passes out to other threads
     */
    private void compute(Worker worker, Passes passes, int b) {
        Utterance u = worker.utterance;
        u.target.read(batch, b);
        u.frames.prepare(batch, b, options, result, u.target);
        passes.readRows(u);
        u.time.read(u.frames, u.target);
        finish(worker, u, b, u.time.finite ? loss(passes, u, b) : Double.NaN);
    }

    /** The loss of finite scores; the gradient is written too, if the loss is finite. */
    private double loss(Passes passes, Utterance u, int b) {
        if (u.frames.count == 0) {
            return u.target.labels == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        if (!batch.hasEnoughFrames(b)) {
            return Double.POSITIVE_INFINITY;
        }
        boolean done = false;
        if (u.time.linear) {
            u.time.group(u.target);
            done = passes.recursion(u, Recursions.LINEAR);
        }
        if (!done) {
            u.time.divide(u.target, ExtendedLattice.TABLES);
            done = passes.recursion(u, Recursions.EXTENDED);
        }
        return done ? loss(u) : Double.POSITIVE_INFINITY;
    }

    /** Sets the result of an utterance. */
    private void finish(Worker worker, Utterance u, int b, double loss) {
        CtcStatus status = Double.isNaN(loss)
                ? CtcStatus.NON_FINITE
                : loss == Double.POSITIVE_INFINITY ? CtcStatus.INFEASIBLE : CtcStatus.OK;
        result.set(b, status, loss, options);
        if (options.gradient()) {
            int from = status == CtcStatus.OK ? u.frames.count : 0;
            worker.rows.clearRows(u.frames, from, batch.timeSteps());
        }
        u.frames.release();
    }

    private static double loss(Utterance u) {
        // one logarithm of the quotient, so that a loss near 0 is not the difference of two large numbers
        return u.frames.logits
                ? -(Math.log(u.z / u.time.product) + (u.zExponent - u.time.productExponent) * LN_2 + u.reference)
                : -(Math.log(u.z) + u.zExponent * LN_2 + u.reference);
    }
}
