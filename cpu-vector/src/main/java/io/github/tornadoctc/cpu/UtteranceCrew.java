package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.cpu.align.ScoreRows;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Computes something of every utterance of a batch on the crew of {@link CpuCtc}: utterances whole, the dearest first. Of
 * what is left over after every thread has had as many as the others the rows are looked over by all threads, one
 * utterance after the other.
 */
final class UtteranceCrew {
    /** Scores of an utterance below which handing out parts of its rows takes longer than reading them. */
    private static final long WORTH_SPLITTING = 200_000;

    private final Crew crew;
    private final Kernels kernels;

    UtteranceCrew(Crew crew, Kernels kernels) {
        this.crew = crew;
        this.kernels = kernels;
    }

    /** What is computed of one utterance. */
    interface Computation<R> {
        /**
         * Computes it on the calling thread.
         *
         * @param kernels the thread's own
         * @param rowsAreRead whether rows have been looked over
         */
        R of(int b, ScoreRows rows, KernelSet kernels, boolean rowsAreRead);
    }

    /** The results of all utterances, in their order. */
    <R> List<R> each(CtcBatch batch, Scores scores, Computation<R> computation) {
        Worker worker = crew.take();
        int count = batch.batchSize();
        long[] order = new long[count];
        DearestFirst.sort(order, count, crew.threads(), b -> cost(batch, b));
        int left = crew.threads() == 1 ? 0 : count % crew.threads();
        AtomicReferenceArray<R> results = new AtomicReferenceArray<>(count);
        crew.run(worker, count - left, (w, rank) -> {
            int b = DearestFirst.utterance(order, rank);
            results.set(b, computation.of(b, new ScoreRows(batch, b, scores), w.of(kernels), false));
        });
        for (int rank = count - left; rank < count; rank++) {
            int b = DearestFirst.utterance(order, rank);
            ScoreRows rows = new ScoreRows(batch, b, scores);
            readByAll(worker, rows);
            results.set(b, computation.of(b, rows, worker.of(kernels), true));
        }
        crew.give(worker);
        return IntStream.range(0, count).mapToObj(results::get).toList();
    }

    private static long cost(CtcBatch batch, int b) {
        return batch.inputLength(b) * (batch.symbols() + batch.targetLength(b) + 1L);
    }

    private void readByAll(Worker worker, ScoreRows rows) {
        int parts = (long) rows.count() * rows.symbols < WORTH_SPLITTING ? 1 : 4 * crew.threads();
        crew.run(worker, parts, (w, part) -> {
            int from = (int) ((long) rows.count() * part / parts);
            int to = (int) ((long) rows.count() * (part + 1) / parts);
            w.of(kernels).sums.read(rows, from, to);
        });
    }
}
