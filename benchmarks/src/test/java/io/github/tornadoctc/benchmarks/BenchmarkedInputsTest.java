package io.github.tornadoctc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.compare.ResultComparison;
import io.github.tornadoctc.compare.Truth;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is benchmarked is right, on the inputs it is benchmarked on. */
class BenchmarkedInputsTest {

    /** Utterances of a full batch that the reference computes; of the usual ones it does all. */
    private static final int FIRST = 8;

    /** All but G, whose scores, and gradients of each contender, take gigabytes. */
    static Stream<CtcShape> shapes() {
        return BenchmarkShapes.ALL.stream().filter(shape -> !shape.equals(BenchmarkShapes.G));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyContenderOfThisBuildIsRight(CtcShape shape) {
        CtcBatch batch = BenchmarkShapes.batch(shape);
        Truth truth = BenchmarkShapes.USUAL.contains(shape)
                ? Truth.of(batch, Mode.STEP.options())
                : Truth.ofFirst(FIRST, batch, Mode.STEP.options());
        for (Contenders name : Contenders.cpuAndPeers()) {
            if (name.isCopy()) {
                continue;
            }
            for (Mode work : Mode.LOSSES) {
                try (Contender contender = name.open()) {
                    contender.prepare(batch, work.options(), 2);
                    contender.compute();
                    ResultComparison comparison = truth.compare(contender.result());
                    name.check(comparison);
                    assertThat(comparison.overall().relativeLoss().error())
                            .isLessThanOrEqualTo(name == Contenders.CPU ? 1e-7 : 1e-5);
                }
            }
        }
    }

    @Test
    void theFastBackendIsAlwaysThere() {
        assertThat(Contenders.cpuAndPeers()).contains(Contenders.CPU);
    }
}
