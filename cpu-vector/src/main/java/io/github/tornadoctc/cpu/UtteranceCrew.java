package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.cpu.align.MaxPlus;
import io.github.tornadoctc.cpu.align.RowSums;
import io.github.tornadoctc.cpu.align.ScalarMaxPlus;
import io.github.tornadoctc.cpu.align.ScoreRows;
import io.github.tornadoctc.cpu.align.VectorMaxPlus;
import java.util.Comparator;
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
    private final boolean vectors;

    UtteranceCrew(Crew crew, Kernels kernels) {
        this.crew = crew;
        this.vectors = kernels == Kernels.VECTOR;
    }

    /** What is computed of one utterance. */
    interface Computation<R> {
        /**
         * Computes it on the calling thread.
         *
         * @param sums looks rows over
         * @param rowsAreRead whether these have been looked over
         */
        R of(int b, ScoreRows rows, RowSums sums, boolean rowsAreRead);
    }

    /** The results of all utterances, in their order. */
    <R> List<R> each(CtcBatch batch, Scores scores, Computation<R> computation) {
        Worker worker = crew.take();
        List<Integer> order = IntStream.range(0, batch.batchSize())
                .boxed()
                .sorted(Comparator.comparingLong(b -> -cost(batch, b)))
                .toList();
        int count = order.size();
        int left = crew.threads() == 1 ? 0 : count % crew.threads();
        AtomicReferenceArray<R> results = new AtomicReferenceArray<>(count);
        crew.run(worker, count - left, (w, item) -> {
            int b = order.get(item);
            results.set(b, computation.of(b, new ScoreRows(batch, b, scores), rowSums(), false));
        });
        for (int b : order.subList(count - left, count)) {
            ScoreRows rows = new ScoreRows(batch, b, scores);
            readByAll(worker, rows);
            results.set(b, computation.of(b, rows, rowSums(), true));
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
            rowSums().read(rows, from, to);
        });
    }

    private RowSums rowSums() {
        return vectors ? new VectorRowSums() : new ScalarRowSums();
    }

    /** The inner loop of an alignment. */
    MaxPlus maxPlus() {
        return vectors ? new VectorMaxPlus() : new ScalarMaxPlus();
    }
}
