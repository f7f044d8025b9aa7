package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads change how long it takes, and nothing else. */
class CpuCtcThreadsTest {
    private static final CtcOptions STEP = CtcOptions.defaults();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void anyNumberOfThreadsGivesTheSameBits(int size) {
        CtcBatch batch = new CtcShape("mixed", 300, size, 40, 70).randomBatch(size);
        for (CtcOptions options : List.of(STEP, STEP.withGradient(false))) {
            CtcResult alone = compute(1, batch, options);
            for (int threads : new int[] {2, 3, 7}) {
                assertSameBits(compute(threads, batch, options), alone);
            }
        }
    }

    /** Long enough for several segments, with α and β computed side by side. */
    @ParameterizedTest
    @EnumSource(Kernels.class)
    void aSplitUtteranceGivesTheSameBits(Kernels kernels) {
        for (CtcShape shape : List.of(
                new CtcShape("long", 1500, 1, 32, 300),
                new CtcShape("wide", 200, 1, 3000, 40),
                new CtcShape("tight", 330, 1, 30, 300))) {
            CtcBatch batch = shape.randomBatch(4);
            CtcResult alone;
            try (CpuCtc backend = new CpuCtc(1, Runnable::run, kernels)) {
                alone = backend.compute(batch, STEP);
            }
            try (CpuCtc backend = new CpuCtc(3, ForkJoinPool.commonPool(), kernels)) {
                assertSameBits(backend.compute(batch, STEP), alone);
                HeldToReference.check(backend, batch, STEP);
            }
        }
    }

    @Test
    void aSplitUtteranceMayNeedExtendedFloats() {
        CtcBatch batch = Batches.one(1, 900, 60, Batches.target(new Random(1), 200, 60, 0), x -> x * 200);
        try (CpuCtc backend = new CpuCtc(2)) {
            HeldToReference.check(backend, batch, STEP);
        }
    }

    @Test
    void anUtteranceIsTheSameInAnyBatch() {
        CtcShape shape = new CtcShape("batch", 120, 6, 45, 25);
        CtcBatch batch = shape.randomBatch(11);
        CtcResult together = compute(2, batch, STEP);
        for (int b = 0; b < batch.batchSize(); b++) {
            CtcBatch alone = CtcBatch.builder(batch.timeSteps(), 1, batch.symbols())
                    .layout(Layout.BATCH_MAJOR)
                    .scores(scoresOf(batch, b))
                    .inputLengths(batch.inputLength(b))
                    .targets(batch.target(b))
                    .build();
            CtcResult result = compute(1, alone, STEP);
            assertThat(Double.doubleToRawLongBits(result.loss(0)))
                    .isEqualTo(Double.doubleToRawLongBits(together.loss(b)));
            for (int t = 0; t < batch.timeSteps(); t++) {
                for (int v = 0; v < batch.symbols(); v++) {
                    assertThat(result.gradient(alone, t, 0, v)).isEqualTo(together.gradient(batch, t, b, v));
                }
            }
        }
    }

    @Test
    void callsSideBySideDoNotDisturbEachOther() {
        List<CtcBatch> batches = IntStream.range(0, 12)
                .mapToObj(i -> new CtcShape("side by side", 50 + 40 * i, 1 + i % 3, 20 + 10 * i, 20).randomBatch(i))
                .toList();
        List<CtcResult> expected =
                batches.stream().map(batch -> compute(1, batch, STEP)).toList();
        try (CpuCtc backend = new CpuCtc(2)) {
            IntStream.range(0, 60)
                    .parallel()
                    .forEach(i -> assertSameBits(backend.compute(batches.get(i % 12), STEP), expected.get(i % 12)));
        }
    }

    @Test
    void aBusyPoolDoesNotBlock() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newFixedThreadPool(1);
                CpuCtc backend = new CpuCtc(4, pool)) {
            pool.execute(() -> awaitQuietly(release));
            CtcBatch batch = BenchmarkShapes.batch(BenchmarkShapes.A);
            assertSameBits(backend.compute(batch, STEP), compute(1, batch, STEP));
            release.countDown();
        }
    }

    @Test
    void aPoolThatRefusesDoesNotMatter() {
        CtcBatch batch = BenchmarkShapes.batch(BenchmarkShapes.A);
        try (CpuCtc backend = new CpuCtc(4, task -> {
            throw new RejectedExecutionException("full");
        })) {
            assertSameBits(backend.compute(batch, STEP), compute(1, batch, STEP));
        }
    }

    @Test
    void whatFailsOnAHelperFailsForTheCaller() {
        try (Crew crew = new Crew(3, ForkJoinPool.commonPool(), Kernels.SCALAR)) {
            Worker worker = crew.take();
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> crew.run(worker, 100, (w, item) -> {
                        if (item == 57) {
                            throw new IllegalArgumentException("item 57");
                        }
                    }))
                    .withMessage("item 57");
        }
    }

    @Test
    void aClosedBackendRefuses() {
        CpuCtc backend = new CpuCtc(2);
        CtcBatch batch = BenchmarkShapes.batch(BenchmarkShapes.A);
        backend.compute(batch, STEP);
        backend.close();
        backend.close();
        assertThatIllegalStateException().isThrownBy(() -> backend.compute(batch, STEP));
    }

    @Test
    void noThreadsAreTooFew() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CpuCtc(0)).withMessageContaining("threads = 0");
    }

    private static CtcResult compute(int threads, CtcBatch batch, CtcOptions options) {
        try (CpuCtc backend = new CpuCtc(threads)) {
            CtcResult result = HeldToReference.dirtyResult(batch, options);
            backend.compute(batch, options, result);
            return result;
        }
    }

    private static void assertSameBits(CtcResult actual, CtcResult expected) {
        assertThat(actual.statuses()).isEqualTo(expected.statuses());
        assertThat(Arrays.equals(actual.losses(), expected.losses())).isTrue();
        if (expected.hasGradient()) {
            assertThat(actual.gradient().mismatch(expected.gradient())).isEqualTo(-1);
        }
    }

    private static float[] scoresOf(CtcBatch batch, int b) {
        float[] scores = new float[batch.timeSteps() * batch.symbols()];
        for (int t = 0; t < batch.timeSteps(); t++) {
            for (int v = 0; v < batch.symbols(); v++) {
                scores[t * batch.symbols() + v] = batch.score(t, b, v);
            }
        }
        return scores;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
