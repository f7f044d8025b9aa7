package io.github.tornadoctc.properties;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Scores;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A random batch that can be changed: ragged, with empty targets among the others, repeated labels, any blank, and now
 * and then an utterance that no path fits. Scores are multiples of 2⁻¹⁰, so that sums with other such are exact.
 */
final class RandomCase {
    private static final float GRID = 1024;

    final int timeSteps;
    final int batchSize;
    final int symbols;
    int blank;
    /** Time-major. */
    final float[] scores;

    final int[] inputLengths;
    final int[][] targets;

    private RandomCase(int timeSteps, int batchSize, int symbols) {
        this.timeSteps = timeSteps;
        this.batchSize = batchSize;
        this.symbols = symbols;
        this.scores = new float[timeSteps * batchSize * symbols];
        this.inputLengths = new int[batchSize];
        this.targets = new int[batchSize][];
    }

    static RandomCase of(Sizes sizes) {
        Random random = new Random(sizes.seed());
        RandomCase made = new RandomCase(sizes.timeSteps(), sizes.batchSize(), sizes.symbols());
        made.blank = random.nextInt(made.symbols);
        for (int i = 0; i < made.scores.length; i++) {
            made.scores[i] = Math.round(3 * random.nextGaussian() * GRID) / GRID;
        }
        for (int b = 0; b < made.batchSize; b++) {
            made.inputLengths[b] = b == 0 ? made.timeSteps : random.nextInt(made.timeSteps + 1);
            int most = Math.min(sizes.targetLength(), made.inputLengths[b]);
            made.targets[b] = new int[random.nextInt(most + 1)];
            Arrays.setAll(made.targets[b], u -> label(random, made.symbols, made.blank));
        }
        return made;
    }

    private static int label(Random random, int symbols, int blank) {
        int label = random.nextInt(symbols - 1);
        return label < blank ? label : label + 1;
    }

    /** A case of other sizes with no scores and no targets yet, and all frames valid. */
    RandomCase resized(int newTimeSteps, int newBatchSize) {
        RandomCase resized = new RandomCase(newTimeSteps, newBatchSize, symbols);
        resized.blank = blank;
        Arrays.fill(resized.inputLengths, newTimeSteps);
        Arrays.fill(resized.targets, new int[0]);
        return resized;
    }

    RandomCase copy() {
        RandomCase copy = resized(timeSteps, batchSize);
        System.arraycopy(scores, 0, copy.scores, 0, scores.length);
        System.arraycopy(inputLengths, 0, copy.inputLengths, 0, batchSize);
        System.arraycopy(targets, 0, copy.targets, 0, batchSize);
        return copy;
    }

    /** Where the scores of a frame of an utterance begin. */
    int row(int t, int b) {
        return (t * batchSize + b) * symbols;
    }

    /** Copies a frame of an utterance of another case with as many symbols. */
    void copyRow(RandomCase from, int fromT, int fromB, int t, int b) {
        System.arraycopy(from.scores, from.row(fromT, fromB), scores, row(t, b), symbols);
    }

    /** Utterance b as a case of its own, without padding. */
    RandomCase alone(int b) {
        RandomCase alone = resized(inputLengths[b], 1);
        alone.targets[0] = targets[b];
        for (int t = 0; t < inputLengths[b]; t++) {
            alone.copyRow(this, t, b, t, 0);
        }
        return alone;
    }

    /** Every symbol v renamed to {@code names[v]}. */
    RandomCase renamed(int... names) {
        RandomCase renamed = copy();
        renamed.blank = names[blank];
        for (int i = 0; i < scores.length; i++) {
            renamed.scores[i - i % symbols + names[i % symbols]] = scores[i];
        }
        for (int b = 0; b < batchSize; b++) {
            renamed.targets[b] =
                    IntStream.of(targets[b]).map(label -> names[label]).toArray();
        }
        return renamed;
    }

    /** Each utterance from its last frame and its last label to the first. */
    RandomCase reversed() {
        RandomCase reversed = copy();
        for (int b = 0; b < batchSize; b++) {
            for (int t = 0; t < inputLengths[b]; t++) {
                reversed.copyRow(this, inputLengths[b] - 1 - t, b, t, b);
            }
            int[] target = targets[b];
            reversed.targets[b] = IntStream.range(0, target.length)
                    .map(u -> target[target.length - 1 - u])
                    .toArray();
        }
        return reversed;
    }

    CtcBatch batch() {
        return CtcBatch.builder(timeSteps, batchSize, symbols)
                .blank(blank)
                .scores(scores)
                .inputLengths(inputLengths)
                .targets(targets)
                .build();
    }

    /** Logits for one half of the seeds, log-probabilities for the other. */
    static CtcOptions options(Sizes sizes) {
        return CtcOptions.defaults().withScores(sizes.seed() % 2 == 0 ? Scores.LOGITS : Scores.LOG_PROBS);
    }
}
