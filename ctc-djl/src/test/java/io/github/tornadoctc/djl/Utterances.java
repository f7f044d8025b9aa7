package io.github.tornadoctc.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.util.Random;

/** Random utterances: what a network might give, and what was said. */
final class Utterances {
    final int timeSteps;
    final int batchSize;
    final int symbols;
    final int[][] targets;
    final int[] inputLengths;
    final float[] scores;

    private final int width;

    /** Feasible ones, the first of which has no labels, and the last of which all frames and labels. */
    Utterances(int timeSteps, int batchSize, int symbols, int mostLabels, long seed) {
        this.timeSteps = timeSteps;
        this.batchSize = batchSize;
        this.symbols = symbols;
        this.width = mostLabels;
        Random random = new Random(seed);
        this.scores = new float[batchSize * timeSteps * symbols];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextGaussian();
        }
        this.targets = new int[batchSize][];
        this.inputLengths = new int[batchSize];
        for (int b = 0; b < batchSize; b++) {
            int labels = b * mostLabels / Math.max(1, batchSize - 1);
            targets[b] = random.ints(labels, 1, symbols).toArray();
            int needed = Math.min(timeSteps, 2 * labels + 1);
            inputLengths[b] = b == batchSize - 1 ? timeSteps : random.nextInt(needed, timeSteps + 1);
        }
    }

    NDList predictions(NDManager manager) {
        return new NDList(manager.create(scores, new Shape(batchSize, timeSteps, symbols)));
    }

    /** Targets padded with −1, their lengths, and the lengths of the inputs. */
    NDList labels(NDManager manager) {
        int[] padded = new int[batchSize * width];
        int[] lengths = new int[batchSize];
        for (int b = 0; b < batchSize; b++) {
            lengths[b] = targets[b].length;
            for (int u = 0; u < width; u++) {
                padded[b * width + u] = u < lengths[b] ? targets[b][u] : -1;
            }
        }
        NDArray targetArray = manager.create(padded, new Shape(batchSize, width));
        return new NDList(targetArray, manager.create(lengths), manager.create(inputLengths));
    }

    CtcBatch batch() {
        return CtcBatch.builder(timeSteps, batchSize, symbols)
                .layout(Layout.BATCH_MAJOR)
                .scores(scores)
                .inputLengths(inputLengths)
                .targets(targets)
                .build();
    }
}
