package io.github.tornadoctc.shapes;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
        return randomBatch(seed, 1);
    }

    /** The same with every logit multiplied by {@code scale}. */
    public CtcBatch randomBatch(long seed, double scale) {
        return randomBatch(seed, scale, Layout.TIME_MAJOR);
    }

    /** The same logits in that layout. */
    public CtcBatch randomBatch(long seed, double scale, Layout layout) {
        long count = Math.multiplyExact(Math.multiplyExact((long) timeSteps, batchSize), symbols);
        // off the heap at once, where a batch has them anyway: those of a full batch are too many for a default heap
        MemorySegment logits = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, count);
        Random random = NormalLogits.write(
                logits, count, seed, (float) scale, layout == Layout.TIME_MAJOR ? i -> i : this::batchMajor);
        int[] inputLengths = random.ints(batchSize, (int) Math.ceil(0.7 * timeSteps), timeSteps + 1)
                .toArray();
        int[][] targets =
                Stream.generate(() -> randomTarget(random)).limit(batchSize).toArray(int[][]::new);
        return CtcBatch.builder(timeSteps, batchSize, symbols)
                .layout(layout)
                .scores(logits)
                .inputLengths(inputLengths)
                .targets(targets)
                .build();
    }

    /** Where an element of a time-major batch is in a batch-major one. */
    private long batchMajor(long index) {
        long row = index / symbols;
        long t = row / batchSize;
        long b = row % batchSize;
        return (b * timeSteps + t) * symbols + index % symbols;
    }

    private int[] randomTarget(Random random) {
        int length = random.nextInt((int) Math.ceil(0.5 * maxTargetLength), maxTargetLength + 1);
        return random.ints(length, 1, symbols).toArray();
    }
}
