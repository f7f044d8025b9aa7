package io.github.tornadoctc.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Forms batches of utterances of like lengths, by the memory that a batch takes. */
final class Batches {
    /** Few batches have less to pad where neighbours are of like length. */
    private static final Comparator<Utterance> BY_SIZE =
            Comparator.comparingInt(Utterance::symbols).thenComparingInt(Utterance::frames);

    private Batches() {}

    /**
     * Batches of utterances with the same number of symbols each, none of which takes more memory than that, but for an
     * utterance that does so by itself.
     *
     * @param most bytes of the padded scores, and of what else the operation needs
     */
    static List<List<Utterance>> form(List<Utterance> utterances, CorpusOperation operation, long most) {
        List<Utterance> sorted = new ArrayList<>(utterances);
        sorted.sort(BY_SIZE);
        List<List<Utterance>> batches = new ArrayList<>();
        List<Utterance> batch = new ArrayList<>();
        long beside = 0;
        for (Utterance next : sorted) {
            beside += operation.bytesBesideScores(next);
            boolean suits = !batch.isEmpty()
                    && batch.getLast().symbols() == next.symbols()
                    && (batch.size() + 1) * next.scoreBytes() + beside <= most;
            if (!suits) {
                batch = new ArrayList<>();
                batches.add(batch);
                beside = operation.bytesBesideScores(next);
            }
            batch.add(next);
        }
        return batches;
    }
}
