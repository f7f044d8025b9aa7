package io.github.tornadoctc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.benchmarks.CtcBenchmark.Work;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is benchmarked is right, on the inputs it is benchmarked on. */
class BenchmarkedInputsTest {

    static Stream<CtcShape> shapes() {
        return BenchmarkShapes.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyContenderOfThisBuildIsRight(CtcShape shape) {
        CtcBatch batch = BenchmarkShapes.batch(shape);
        CtcResult reference = CtcBenchmark.reference(batch, Work.STEP);
        for (Contenders name : Contenders.cpuAndPeers()) {
            if (name == Contenders.COPY) {
                continue;
            }
            for (Work work : Work.values()) {
                try (Contender contender = name.open()) {
                    contender.prepare(batch, work.options(), 2);
                    contender.compute();
                    Errors errors = CtcBenchmark.validate(name, contender.result(), reference);
                    assertThat(errors.loss()).isLessThanOrEqualTo(name == Contenders.CPU ? 1e-7 : 1e-5);
                }
            }
        }
    }

    @Test
    void theFastBackendIsAlwaysThere() {
        assertThat(Contenders.cpuAndPeers()).contains(Contenders.CPU);
    }
}
