package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.util.Arrays;
import java.util.Random;

/** A batch to be, of which one thing or another is changed. */
final class SmallBatch {
    private final int timeSteps;
    private final int batchSize;
    private final int symbols;
    private final float[] scores;
    private final int[] lengths;
    private final int[][] targets;

    /** Random scores, and targets of U labels none of which is the one before it. */
    SmallBatch(int timeSteps, int batchSize, int symbols, int targetLength) {
        this.timeSteps = timeSteps;
        this.batchSize = batchSize;
        this.symbols = symbols;
        this.scores = new float[timeSteps * batchSize * symbols];
        this.lengths = new int[batchSize];
        this.targets = new int[batchSize][targetLength];
        Random random = new Random(timeSteps);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextGaussian();
        }
        Arrays.fill(lengths, timeSteps);
        for (int[] target : targets) {
            for (int u = 0; u < targetLength; u++) {
                target[u] = 1 + u % (symbols - 1);
            }
        }
    }

    SmallBatch target(int b, int... labels) {
        targets[b] = labels;
        return this;
    }

    SmallBatch frames(int b, int length) {
        lengths[b] = length;
        return this;
    }

    /** All scores of one of the T·B rows. */
    SmallBatch row(int row, float score) {
        Arrays.fill(scores, row * symbols, (row + 1) * symbols, score);
        return this;
    }

    /** The score of one symbol in one of the T·B rows. */
    SmallBatch score(int row, int symbol, float score) {
        scores[row * symbols + symbol] = score;
        return this;
    }

    /** The score of one symbol in every row. */
    SmallBatch column(int symbol, float score) {
        for (int row = 0; row < scores.length / symbols; row++) {
            score(row, symbol, score);
        }
        return this;
    }

    CtcBatch build(Layout layout) {
        return CtcBatch.builder(timeSteps, batchSize, symbols)
                .layout(layout)
                .scores(scores)
                .inputLengths(lengths)
                .targets(targets)
                .build();
    }
}
