package io.github.tornadoctc.examples.training;

import java.util.Random;

/**
 * Synthetic utterances: every symbol has a pattern of features; each label of a random target is held for a few frames,
 * with silence, which is the pattern of the blank, between, and noise over all. Time-major, B utterances of T frames.
 */
final class Utterances {
    private static final double NOISE = 0.3;

    final int timeSteps;
    final int batchSize;
    final int symbols;
    final int features;
    /** {@code [T][B][features]}; the last feature is 1 for a bias. */
    final float[] inputs;

    final int[] inputLengths;
    final int[][] targets;

    Utterances(int timeSteps, int batchSize, int symbols, int features, int maxTargetLength, long seed) {
        this.timeSteps = timeSteps;
        this.batchSize = batchSize;
        this.symbols = symbols;
        this.features = features;
        this.inputs = new float[timeSteps * batchSize * features];
        this.inputLengths = new int[batchSize];
        this.targets = new int[batchSize][];
        Random random = new Random(seed);
        double[][] patterns = new double[symbols][features - 1];
        for (double[] pattern : patterns) {
            for (int f = 0; f < pattern.length; f++) {
                pattern[f] = random.nextGaussian();
            }
        }
        for (int b = 0; b < batchSize; b++) {
            targets[b] = random.ints(random.nextInt(2, maxTargetLength + 1), 1, symbols)
                    .toArray();
            inputLengths[b] = speak(b, patterns, random);
        }
    }

    /** Writes the frames of utterance b and returns how many there are. */
    private int speak(int b, double[][] patterns, Random random) {
        int t = 0;
        for (int label : targets[b]) {
            t = hold(t, b, patterns[0], random.nextInt(1, 3), random);
            t = hold(t, b, patterns[label], random.nextInt(2, 4), random);
        }
        return hold(t, b, patterns[0], 1, random);
    }

    private int hold(int from, int b, double[] pattern, int frames, Random random) {
        int end = Math.min(from + frames, timeSteps);
        for (int t = from; t < end; t++) {
            int row = (t * batchSize + b) * features;
            for (int f = 0; f < features - 1; f++) {
                inputs[row + f] = (float) (pattern[f] + NOISE * random.nextGaussian());
            }
            inputs[row + features - 1] = 1f;
        }
        return end;
    }
}
