package io.github.tornadoctc.measure;

import static java.util.stream.Collectors.joining;

import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.shapes.SweptSize;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Shapes that differ in one size, by powers of two, so that it shows how time grows with it. The other sizes are those
 * of {@link #BASE}, whose frames are enough for the longest target of the sweep over U.
 *
 * @param size the size that varies
 */
public record Sweep(SweptSize size, List<CtcShape> shapes) {
    /** Where all sweeps meet. */
    static final CtcShape BASE = new CtcShape("base", 512, 8, 64, 64);

    /** Over T, U, B and V. */
    public static final List<Sweep> ALL = List.of(
            new Sweep(SweptSize.T, 128, 4096),
            new Sweep(SweptSize.U, 8, 256),
            new Sweep(SweptSize.B, 1, 64),
            new Sweep(SweptSize.V, 16, 2048));

    public Sweep {
        shapes = List.copyOf(shapes);
    }

    private Sweep(SweptSize size, int from, int to) {
        this(
                size,
                IntStream.iterate(from, value -> value <= to, value -> 2 * value)
                        .mapToObj(value -> named(size.in(BASE, value)))
                        .toList());
    }

    /** The same sizes, with all of them for a name. */
    private static CtcShape named(CtcShape shape) {
        String name = Stream.of(SweptSize.values())
                .map(each -> each + "=" + each.of(shape))
                .collect(joining(" "));
        return new CtcShape(name, shape.timeSteps(), shape.batchSize(), shape.symbols(), shape.maxTargetLength());
    }

    /** The sizes that do not vary, in words. */
    public String fixed() {
        return Stream.of(SweptSize.values())
                .filter(each -> each != size)
                .map(each -> each + "=" + each.of(BASE))
                .collect(joining(", "));
    }
}
