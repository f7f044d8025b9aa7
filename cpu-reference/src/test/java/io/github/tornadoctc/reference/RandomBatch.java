package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBatch;
import java.util.Random;

/** Random batches; their module's users have better ones, which depend on this module. */
final class RandomBatch {
    private RandomBatch() {}

    /** Standard normal scores; between 0.7 T and T frames and between U/2 and U labels each, the blank first. */
    static CtcBatch of(int timeSteps, int batchSize, int symbols, int maxTargetLength, long seed) {
        Random random = new Random(seed);
        float[] scores = new float[timeSteps * batchSize * symbols];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextGaussian();
        }
        int[] lengths = new int[batchSize];
        int[][] targets = new int[batchSize][];
        for (int b = 0; b < batchSize; b++) {
            lengths[b] = random.nextInt((7 * timeSteps + 9) / 10, timeSteps + 1);
            int labels = random.nextInt((maxTargetLength + 1) / 2, maxTargetLength + 1);
            targets[b] = random.ints(labels, 1, symbols).toArray();
        }
        return CtcBatch.builder(timeSteps, batchSize, symbols)
                .scores(scores)
                .inputLengths(lengths)
                .targets(targets)
                .build();
    }
}
