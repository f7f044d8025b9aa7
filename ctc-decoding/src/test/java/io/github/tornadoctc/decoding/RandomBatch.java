package io.github.tornadoctc.decoding;

import io.github.tornadoctc.CtcBatch;
import java.util.Random;

/** Batches of random logits, ragged, without targets. */
final class RandomBatch {
    private RandomBatch() {}

    /**
     * A batch of normally distributed logits.
     *
     * @param deviation how far they are from 0: the larger, the fewer symbols are likely
     */
    static CtcBatch of(long seed, int timeSteps, int batchSize, int symbols, int blank, double deviation) {
        Random random = new Random(seed);
        float[] scores = new float[timeSteps * batchSize * symbols];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (deviation * random.nextGaussian());
        }
        int[] lengths = random.ints(batchSize, 0, timeSteps + 1).toArray();
        if (batchSize > 0) {
            lengths[0] = timeSteps;
        }
        return CtcBatch.builder(timeSteps, batchSize, symbols)
                .blank(blank)
                .scores(scores)
                .inputLengths(lengths)
                .targets(new int[batchSize][0])
                .build();
    }

    /** The frames of one utterance, [T_b][V], one after the other. */
    static float[] frames(CtcBatch batch, int b) {
        float[] frames = new float[batch.inputLength(b) * batch.symbols()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = batch.score(i / batch.symbols(), b, i % batch.symbols());
        }
        return frames;
    }
}
