package io.github.tornadoctc.shapes;

import io.github.tornadoctc.CtcBatch;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The sizes of a batch, and random batches of those sizes.
 *
 * @param name what tables call it
 * @param timeSteps T
 * @param batchSize B
 * @param symbols V, the blank included; at least 2
 * @param maxTargetLength U, the longest target
 */
public record CtcShape(String name, int timeSteps, int batchSize, int symbols, int maxTargetLength) {
    /**
     * A random batch: logits standard normal, input lengths uniform in [0.7T, T], target lengths in [0.5U, U], labels
     * in 1..V−1, blank 0, time-major. The same seed gives the same batch everywhere.
     */
    public CtcBatch randomBatch(long seed) {
        Random random = new Random(seed);
        float[] logits = new float[Math.multiplyExact(Math.multiplyExact(timeSteps, batchSize), symbols)];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian();
        }
        int[] inputLengths = random.ints(batchSize, (int) Math.ceil(0.7 * timeSteps), timeSteps + 1)
                .toArray();
        int[][] targets =
                Stream.generate(() -> randomTarget(random)).limit(batchSize).toArray(int[][]::new);
        return CtcBatch.builder(timeSteps, batchSize, symbols)
                .scores(logits)
                .inputLengths(inputLengths)
                .targets(targets)
                .build();
    }

    private int[] randomTarget(Random random) {
        int length = random.nextInt((int) Math.ceil(0.5 * maxTargetLength), maxTargetLength + 1);
        return random.ints(length, 1, symbols).toArray();
    }
}
