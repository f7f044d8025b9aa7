package io.github.tornadoctc.cli;

import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.shapes.SweptSize;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Random batches of which one size grows. */
final class SweepOptions {
    /** The shape unless one is named. It has two utterances, because the reference's tables limit a sweep. */
    private static final CtcShape BASE = new CtcShape("default", 400, 2, 32, 40);

    private static final int DEFAULT_STEPS = 8;
    /** The most labels to a frame with which most random targets, with their repeats, still have a path. */
    private static final double LABELS_PER_FRAME = 0.4;

    @Option(
            names = "--sweep",
            paramLabel = "SIZE=FROM..TO",
            converter = SweepRange.Converter.class,
            description = "Random batches of which T, B, V or U grows geometrically, beside or instead of files and"
                    + " shapes: T=100..20000. They have two utterances, for the double reference takes"
                    + " 16T(2U+1) + 8TV bytes for each.")
    private @Nullable SweepRange range;

    @Option(
            names = "--steps",
            paramLabel = "N",
            converter = Choices.OfCount.class,
            description = "How many batches a sweep has (default: 8).")
    private @Nullable Integer steps;

    @Option(
            names = "--shape",
            paramLabel = "NAME",
            converter = Choices.OfShape.class,
            description = "Benchmark shape that gives the sizes that do not grow (default: T=400 V=32 U=40, with fewer"
                    + " labels or more frames if the sweep needs that).")
    private @Nullable CtcShape shape;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    SweptSize size() {
        return checked().size();
    }

    /** The sizes of each batch; none if there is no sweep. */
    List<CtcShape> shapes() {
        if (range == null) {
            if (steps != null || shape != null) {
                throw new ParameterException(
                        spec.commandLine(), (steps != null ? "--steps" : "--shape") + " needs --sweep");
            }
            return List.of();
        }
        int count = steps == null ? DEFAULT_STEPS : steps;
        CtcShape base = base();
        return range.values(count)
                .mapToObj(value -> checked().size().in(base, value))
                .toList();
    }

    private CtcShape base() {
        SweepRange swept = checked();
        if (shape != null) {
            return SweptSize.B.in(shape, Math.min(shape.batchSize(), BASE.batchSize()));
        }
        return switch (swept.size()) {
            case T -> SweptSize.U.in(BASE, Math.min(BASE.maxTargetLength(), (int) (LABELS_PER_FRAME * swept.from())));
            case U -> SweptSize.T.in(BASE, Math.max(BASE.timeSteps(), (int) Math.ceil(swept.to() / LABELS_PER_FRAME)));
            case B, V -> BASE;
        };
    }

    private SweepRange checked() {
        if (range == null) {
            throw new IllegalStateException("there is no sweep");
        }
        return range;
    }
}
