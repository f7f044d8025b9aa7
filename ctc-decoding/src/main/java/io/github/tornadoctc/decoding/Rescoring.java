package io.github.tornadoctc.decoding;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcHypotheses;
import io.github.tornadoctc.CtcRescorer;
import io.github.tornadoctc.Scores;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Gives the hypotheses of a beam search the probability of all their paths, and ranks them by it. */
public final class Rescoring {
    private Rescoring() {}

    /**
     * The same hypotheses with {@linkplain Hypothesis#acousticScore acoustic scores} of all paths, and not only of those
     * that the search has kept. Of equally good ones that which was better before stays so.
     *
     * @param backend what computes the probabilities
     * @param decodings of each utterance of the batch
     * @param scores what the batch's scores are
     * @throws IllegalArgumentException if there are more decodings or fewer than utterances, or the backend has no
     *     {@link CtcRescorer}
     */
    public static List<Decoding> of(CtcBackend backend, CtcBatch batch, List<Decoding> decodings, Scores scores) {
        CtcRescorer rescorer = backend.operation(CtcRescorer.class)
                .orElseThrow(() -> new IllegalArgumentException(
                        "backend = %s computes no losses of hypotheses".formatted(backend.name())));
        if (decodings.size() != batch.batchSize()) {
            throw new IllegalArgumentException(
                    "decodings has %d elements for a batch of %d".formatted(decodings.size(), batch.batchSize()));
        }
        int[][][] targets = decodings.stream()
                .map(decoding ->
                        decoding.hypotheses().stream().map(Hypothesis::labels).toArray(int[][]::new))
                .toArray(int[][][]::new);
        double[][] losses = rescorer.losses(CtcHypotheses.of(batch, targets), scores);
        return IntStream.range(0, decodings.size())
                .mapToObj(b -> rescored(decodings.get(b), losses[b]))
                .toList();
    }

    private static Decoding rescored(Decoding decoding, double[] losses) {
        List<Hypothesis> hypotheses = decoding.hypotheses();
        return new Decoding(
                decoding.status(),
                IntStream.range(0, losses.length)
                        .mapToObj(n -> hypotheses.get(n).withAcousticScore(-losses[n]))
                        .sorted(Comparator.comparingDouble(Hypothesis::score).reversed())
                        .toList());
    }
}
