package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Makes batches for tests. */
final class Batches {
    private Batches() {}

    /** One utterance with standard normal scores, each passed through {@code shape}. */
    static CtcBatch one(long seed, int frames, int symbols, int[] target, DoubleUnaryOperator shape) {
        float[] scores = scores(new Random(seed), frames * symbols, shape);
        return CtcBatch.builder(frames, 1, symbols)
                .scores(scores)
                .targets(target)
                .build();
    }

    /** A ragged batch of random sizes; some targets are infeasible or empty, some fit exactly. */
    static CtcBatch random(Random random, DoubleUnaryOperator shape) {
        int frames = 1 + random.nextInt(60);
        int size = 1 + random.nextInt(4);
        int symbols = 2 + random.nextInt(random.nextBoolean() ? 12 : 150);
        int blank = random.nextInt(symbols);
        int[][] targets = new int[size][];
        int[] lengths = new int[size];
        for (int b = 0; b < size; b++) {
            targets[b] = target(random, random.nextInt(Math.max(1, frames / 2) + 1), symbols, blank);
            lengths[b] = random.nextInt(frames + 1);
        }
        return CtcBatch.builder(frames, size, symbols)
                .scores(scores(random, frames * size * symbols, shape))
                .inputLengths(lengths)
                .targets(targets)
                .blank(blank)
                .layout(random.nextBoolean() ? Layout.TIME_MAJOR : Layout.BATCH_MAJOR)
                .build();
    }

    /** Long utterances: two with normal scores, one with steep ones, one that no path fits and one with a NaN. */
    static CtcBatch mixed(long seed, int frames, int size, int symbols, int labels) {
        Random random = new Random(seed);
        float[] scores = scores(random, frames * size * symbols, x -> x);
        int[][] targets = new int[size][];
        for (int b = 0; b < size; b++) {
            targets[b] = target(random, labels - 10 * b, symbols, 0);
            for (int at = 0; b == 1 && at < frames * symbols; at++) {
                scores[b * frames * symbols + at] *= 200;
            }
        }
        targets[2] = new int[frames];
        Arrays.fill(targets[2], 3);
        scores[3 * frames * symbols + 77] = Float.NaN;
        return CtcBatch.builder(frames, size, symbols)
                .layout(Layout.BATCH_MAJOR)
                .scores(scores)
                .targets(targets)
                .build();
    }

    /** Random labels; a few symbols only, so that many repeat. */
    static int[] target(Random random, int length, int symbols, int blank) {
        int[] target = new int[length];
        for (int u = 0; u < length; u++) {
            target[u] = (blank + 1 + random.nextInt(Math.min(symbols - 1, 20))) % symbols;
        }
        return target;
    }

    static float[] scores(Random random, int count, DoubleUnaryOperator shape) {
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            scores[i] = (float) shape.applyAsDouble(random.nextGaussian());
        }
        return scores;
    }

    /** The number of frames the target needs: its length, and one for each repeat. */
    static int framesNeeded(int... target) {
        int needed = target.length;
        for (int u = 1; u < target.length; u++) {
            needed += target[u] == target[u - 1] ? 1 : 0;
        }
        return needed;
    }
}
