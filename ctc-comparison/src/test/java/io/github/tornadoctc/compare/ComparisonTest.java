package io.github.tornadoctc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final CtcOptions OPTIONS = CtcOptions.defaults();
    private static final CtcBatch BATCH = new CtcShape("small", 6, 5, 4, 2).randomBatch(1);

    @Test
    void gradientsOfAReducedLossAreComparedToo() {
        try (CtcBackend parallel = CtcBackends.open("parallel")) {
            CtcOptions mean = OPTIONS.withReduction(Reduction.MEAN);
            BackendComparison comparison =
                    Comparison.of(BATCH, mean, List.of(parallel), () -> {}).getFirst();
            assertThat(comparison.beyond(Thresholds.DEFAULTS)).isEmpty();
            assertThat(comparison.result().beyond(Thresholds.DEFAULTS)).isEmpty();
        }
    }

    @Test
    void reportsAsManyStepsAsItAnnounces() {
        try (CtcBackend parallel = CtcBackends.open("parallel");
                CtcBackend reference = CtcBackends.open("reference")) {
            List<CtcBackend> both = List.of(parallel, reference);
            AtomicInteger steps = new AtomicInteger();
            assertThat(Comparison.of(BATCH, OPTIONS, both, steps::incrementAndGet))
                    .hasSize(2);
            assertThat(steps).hasValue(Comparison.steps(BATCH, both));
        }
    }
}
