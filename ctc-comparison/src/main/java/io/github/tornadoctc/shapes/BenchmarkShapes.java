package io.github.tornadoctc.shapes;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.util.List;

/** The shapes of every table of errors or times, and the batches that are compared and timed. */
public final class BenchmarkShapes {
    /** Of all batches that are compared or timed, unless another one is asked for. */
    public static final long SEED = 1;

    /** Characters, short lines. */
    public static final CtcShape A = new CtcShape("A", 150, 32, 29, 30);
    /** Characters, long lines. */
    public static final CtcShape B = new CtcShape("B", 500, 32, 29, 100);
    /** Word pieces. */
    public static final CtcShape C = new CtcShape("C", 500, 16, 1000, 60);
    /** A large vocabulary. */
    public static final CtcShape D = new CtcShape("D", 250, 16, 5000, 40);
    /** Long-form transcription. */
    public static final CtcShape E = new CtcShape("E", 1600, 8, 32, 300);

    /** Word pieces, a full training batch. */
    public static final CtcShape F = new CtcShape("F", 400, 128, 1024, 80);
    /** A very large vocabulary, a full batch: scores of 675 MB. */
    public static final CtcShape G = new CtcShape("G", 183, 90, 10241, 30);
    /** Text lines, a full batch. */
    public static final CtcShape H = new CtcShape("H", 100, 256, 100, 20);

    /** From A to E, which are timed in moments everywhere; what commands take unless others are named. */
    public static final List<CtcShape> USUAL = List.of(A, B, C, D, E);

    /** From A to H. */
    public static final List<CtcShape> ALL = List.of(A, B, C, D, E, F, G, H);

    private BenchmarkShapes() {}

    /**
     * The benchmark shape of that name, in upper or lower case.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CtcShape named(String name) {
        return ALL.stream()
                .filter(shape -> shape.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("shape = %s is none of A, B, C, D, E, F, G, H".formatted(name)));
    }

    /** The batch on which backends are compared and timed, the same every time: of one of these shapes or of another. */
    public static CtcBatch batch(CtcShape shape) {
        return batch(shape, 1);
    }

    /** The same with logits multiplied by {@code scale}: by 30 they are about as peaked as a trained model's. */
    public static CtcBatch batch(CtcShape shape, double scale) {
        return batch(shape, scale, Layout.TIME_MAJOR);
    }

    /** The same in that layout. */
    public static CtcBatch batch(CtcShape shape, double scale, Layout layout) {
        return shape.randomBatch(SEED, scale, layout);
    }
}
