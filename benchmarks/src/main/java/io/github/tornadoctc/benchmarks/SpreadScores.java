package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A kind of scores, from flat to so spread that most paths are as good as impossible.
 *
 * @param name what tables call it
 * @param make the benchmark batch of a shape to one with such scores
 */
record SpreadScores(String name, BiFunction<CtcShape, CtcBatch, CtcBatch> make) {

    /** The batch of a shape with such scores. */
    CtcBatch batch(CtcShape shape) {
        return make.apply(shape, BenchmarkShapes.batch(shape));
    }

    /** Normal logits first, beside which the others are held. */
    static List<SpreadScores> all() {
        Stream<SpreadScores> spreads = DoubleStream.of(0.1, 0.3, 2, 3, 5, 10, 30, 100, 300)
                .mapToObj(std -> new SpreadScores(
                        "normal × %s".formatted(std == (int) std ? Integer.toString((int) std) : Double.toString(std)),
                        (shape, batch) -> BenchmarkShapes.batch(shape, std)));
        Stream<SpreadScores> others = Stream.of(
                new SpreadScores("peaked by 10", (shape, batch) -> peaked(batch, 10, 1)),
                new SpreadScores("peaked by 100", (shape, batch) -> peaked(batch, 100, 1)),
                new SpreadScores("one-hot, −1000 elsewhere", (shape, batch) -> peaked(batch, 1000, 0)),
                new SpreadScores(
                        "one-hot, masked elsewhere", (shape, batch) -> peaked(batch, Float.POSITIVE_INFINITY, 0)),
                new SpreadScores("exact fit", (shape, batch) -> exactFit(batch)),
                new SpreadScores("exact fit × 30", (shape, batch) -> exactFit(BenchmarkShapes.batch(shape, 30))));
        return Stream.concat(
                        Stream.of(new SpreadScores("normal", (shape, batch) -> batch)), Stream.concat(spreads, others))
                .toList();
    }

    /** Of each frame one symbol of an alignment of the target is so much above the others. */
    private static CtcBatch peaked(CtcBatch batch, float height, float noise) {
        MemorySegment scores = Arena.ofAuto().allocate(batch.scores().byteSize(), 64);
        for (int b = 0; b < batch.batchSize(); b++) {
            int[] target = batch.target(b);
            int frames = batch.inputLength(b);
            for (int t = 0; t < frames; t++) {
                int u = (int) ((long) t * target.length / frames);
                boolean isNew = t == 0 || u != (int) ((t - 1L) * target.length / frames);
                int symbol = target.length == 0 || isNew ? batch.blank() : target[u];
                for (int v = 0; v < batch.symbols(); v++) {
                    float score = noise == 0 ? 0 : noise * batch.score(t, b, v);
                    scores.setAtIndex(
                            ValueLayout.JAVA_FLOAT, batch.rowOffset(t, b) + v, v == symbol ? score : score - height);
                }
            }
        }
        int[] lengths =
                IntStream.range(0, batch.batchSize()).map(batch::inputLength).toArray();
        return with(batch, scores, lengths);
    }

    /** Only as many frames as the target takes. */
    private static CtcBatch exactFit(CtcBatch batch) {
        int[] lengths = new int[batch.batchSize()];
        for (int b = 0; b < lengths.length; b++) {
            lengths[b] = batch.targetLength(b) + batch.repeats(b);
        }
        return with(batch, batch.scores(), lengths);
    }

    /** The targets of a batch with other scores and lengths. */
    private static CtcBatch with(CtcBatch batch, MemorySegment scores, int[] lengths) {
        return CtcBatch.builder(batch.timeSteps(), batch.batchSize(), batch.symbols())
                .scores(scores)
                .inputLengths(lengths)
                .targets(IntStream.range(0, batch.batchSize())
                        .mapToObj(batch::target)
                        .toArray(int[][]::new))
                .build();
    }
}
