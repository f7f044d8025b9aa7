package io.github.tornadoctc;

import java.util.Arrays;
import java.util.Objects;

/** Many targets for each utterance of a batch, for a {@link CtcRescorer}. The batch's own targets are not read. */
public final class CtcHypotheses {
    private final CtcBatch batch;
    /** Where the hypotheses of each utterance begin among all of them, and how many there are. */
    private final int[] first;

    private final CtcBatch all;
    private final CtcBatch vocabularies;

    private CtcHypotheses(CtcBatch batch, int[][][] targets) {
        this.batch = batch;
        this.first = new int[targets.length + 1];
        int[][] vocabulary = new int[targets.length][];
        for (int b = 0; b < targets.length; b++) {
            first[b + 1] = Math.addExact(first[b], targets[b].length);
            vocabulary[b] = Arrays.stream(targets[b])
                    .flatMapToInt(Arrays::stream)
                    .sorted()
                    .distinct()
                    .toArray();
        }
        int[][] flat = Arrays.stream(targets).flatMap(Arrays::stream).toArray(int[][]::new);
        int[] lengths = new int[flat.length];
        for (int b = 0; b < targets.length; b++) {
            Arrays.fill(lengths, first[b], first[b + 1], batch.inputLength(b));
        }
        this.all = CtcBatch.builder(batch.timeSteps(), flat.length, batch.symbols())
                .blank(batch.blank())
                .inputLengths(lengths)
                .targets(flat)
                .scoresOnDevice()
                .build();
        this.vocabularies = batch.withTargets(vocabulary);
    }

    /**
     * Hypotheses for a batch.
     *
     * @param targets {@code targets[b][n]} are the labels of hypothesis n of utterance b, without padding. Utterances may
     *     have any number of them, and none
     * @throws IllegalArgumentException if the batch's scores are on a device, there are more utterances or fewer, or a label
     *     is the blank or no symbol
     * @throws NullPointerException if an element is null
     */
    public static CtcHypotheses of(CtcBatch batch, int[][][] targets) {
        if (!batch.hasScores()) {
            throw new IllegalArgumentException(
                    "batch has its scores on a device, so no backend can compute the losses of hypotheses");
        }
        if (targets.length != batch.batchSize()) {
            throw new IllegalArgumentException(
                    "hypotheses has %d utterances for a batch of %d".formatted(targets.length, batch.batchSize()));
        }
        for (int b = 0; b < targets.length; b++) {
            check(batch, targets[b], "hypotheses[%d]".formatted(b));
        }
        return new CtcHypotheses(batch, targets);
    }

    private static void check(CtcBatch batch, int[][] targets, String name) {
        Objects.requireNonNull(targets, () -> name + " is null; an utterance without hypotheses has an empty array");
        for (int n = 0; n < targets.length; n++) {
            int hypothesis = n;
            Objects.requireNonNull(targets[n], () -> "%s[%d] is null; a target without labels is an empty array"
                    .formatted(name, hypothesis));
            for (int u = 0; u < targets[n].length; u++) {
                int label = targets[n][u];
                if (label < 0 || label >= batch.symbols() || label == batch.blank()) {
                    throw new IllegalArgumentException("%s[%d][%d] = %d is %s"
                            .formatted(
                                    name,
                                    n,
                                    u,
                                    label,
                                    label == batch.blank()
                                            ? "the blank"
                                            : "not a symbol: symbols are 0 to %d".formatted(batch.symbols() - 1)));
                }
            }
        }
    }

    /** The batch. */
    public CtcBatch batch() {
        return batch;
    }

    /** How many hypotheses utterance b has. */
    public int count(int b) {
        return first[b + 1] - first[b];
    }

    /** For backends: the index of the first hypothesis of utterance b among {@link #all}; of B, how many there are. */
    public int first(int b) {
        return first[b];
    }

    /** For backends: which utterance has hypothesis n of {@link #all}. */
    public int utterance(int n) {
        int low = 0;
        int high = batch.batchSize() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (first[middle] <= n) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** For backends: all hypotheses, those of utterance 0 first, as a batch without scores. */
    public CtcBatch all() {
        return all;
    }

    /**
     * For backends: the batch, where the target of each utterance is made of all labels that its hypotheses have, each once
     * and in ascending order. What rows come to for these targets is enough for the hypotheses.
     */
    public CtcBatch vocabularies() {
        return vocabularies;
    }

    /** For backends: the losses of {@link #all}, an array for each utterance. */
    public double[][] byUtterance(CtcResult result) {
        double[] losses = result.losses();
        double[][] byUtterance = new double[batch.batchSize()][];
        Arrays.setAll(byUtterance, b -> Arrays.copyOfRange(losses, first[b], first[b + 1]));
        return byUtterance;
    }
}
