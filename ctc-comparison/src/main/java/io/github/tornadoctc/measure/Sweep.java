package io.github.tornadoctc.measure;

import io.github.tornadoctc.shapes.CtcShape;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Shapes that differ in one size, by powers of two, so that it shows how time grows with it. The other sizes are those
 * of {@link #BASE}, whose frames are enough for the longest target of the sweep over U.
 *
 * @param size the symbol of the size that varies
 */
public record Sweep(String size, List<CtcShape> shapes) {
    /** Where all sweeps meet. */
    static final CtcShape BASE = new CtcShape("base", 512, 8, 64, 64);

    /** Over T, U, B and V. */
    public static final List<Sweep> ALL = List.of(
            new Sweep("T", 128, 4096, t -> shape(t, BASE.batchSize(), BASE.symbols(), BASE.maxTargetLength())),
            new Sweep("U", 8, 256, u -> shape(BASE.timeSteps(), BASE.batchSize(), BASE.symbols(), u)),
            new Sweep("B", 1, 64, b -> shape(BASE.timeSteps(), b, BASE.symbols(), BASE.maxTargetLength())),
            new Sweep("V", 16, 2048, v -> shape(BASE.timeSteps(), BASE.batchSize(), v, BASE.maxTargetLength())));

    public Sweep {
        shapes = List.copyOf(shapes);
    }

    private Sweep(String size, int from, int to, IntFunction<CtcShape> shape) {
        this(
                size,
                IntStream.iterate(from, value -> value <= to, value -> 2 * value)
                        .mapToObj(shape)
                        .toList());
    }

    private static CtcShape shape(int timeSteps, int batchSize, int symbols, int maxTargetLength) {
        String name = "T=%d B=%d V=%d U=%d".formatted(timeSteps, batchSize, symbols, maxTargetLength);
        return new CtcShape(name, timeSteps, batchSize, symbols, maxTargetLength);
    }

    /** The size that varies. */
    public int value(CtcShape shape) {
        return switch (size) {
            case "T" -> shape.timeSteps();
            case "U" -> shape.maxTargetLength();
            case "B" -> shape.batchSize();
            default -> shape.symbols();
        };
    }

    /** The sizes that do not, in words. */
    public String fixed() {
        return shapes.getFirst().name().replaceAll(size + "=\\d+ ?", "").strip().replace(" ", ", ");
    }
}
