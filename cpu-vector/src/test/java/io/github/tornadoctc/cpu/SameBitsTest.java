package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scalar and vector kernels compute the same bits, so that one may go over from the one to the other at any time. */
class SameBitsTest {
    private static final CtcOptions STEP = CtcOptions.defaults();

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 5, 50, 1000, 1e30})
    void randomBatches(double scale) {
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            assertSameBits(Batches.random(random, x -> x * scale));
        }
    }

    @Test
    void maskedAndUndefinedScores() {
        Random random = new Random(2);
        for (int i = 0; i < 60; i++) {
            assertSameBits(Batches.random(random, x -> x > 1 ? Double.NEGATIVE_INFINITY : x));
            assertSameBits(Batches.random(random, x -> x > 3 ? Double.NaN : x));
        }
    }

    /** Whole blocks of a row, one more and one less; with and without a symbol that is nearly certain. */
    @ParameterizedTest
    @ValueSource(ints = {64, 65, 80, 127, 128, 511, 512, 513, 1024, 1040, 5003})
    void rowsOfEveryLength(int symbols) {
        for (double certain : new double[] {0, 20}) {
            float[] scores = Batches.scores(new Random(symbols), 12 * symbols, x -> x);
            for (int t = 0; t < 12; t += 2) {
                scores[t * symbols + t] += (float) certain;
            }
            assertSameBits(CtcBatch.builder(12, 1, symbols)
                    .scores(scores)
                    .targets(new int[] {1, 2, 2, 3})
                    .build());
        }
    }

    /** Vocabularies that are looked up in registers, up to 32 symbols, and that are not; the blank in each of the vectors. */
    @ParameterizedTest
    @ValueSource(ints = {2, 8, 9, 16, 17, 29, 32, 33, 64})
    void vocabulariesOfEverySize(int symbols) {
        for (int blank : new int[] {0, symbols / 3, symbols / 2, symbols - 1}) {
            Random random = new Random(symbols + blank);
            for (int labels : new int[] {7, 8, 40}) {
                assertSameBits(CtcBatch.builder(100, 1, symbols)
                        .scores(Batches.scores(random, 100 * symbols, x -> 2 * x))
                        .targets(Batches.target(random, labels, symbols, blank))
                        .blank(blank)
                        .build());
            }
        }
    }

    /** Periods that begin where the pairs that can still reach the end begin with each lane of a vector. */
    @Test
    void lengthsThatDifferByAFrame() {
        for (int frames = 97; frames <= 112; frames++) {
            assertSameBits(Batches.one(frames, frames, 29, Batches.target(new Random(frames), 40, 29, 0), x -> x));
        }
    }

    /** Long enough for several segments. */
    @Test
    void longUtterances() {
        for (double scale : new double[] {1, 30}) {
            assertSameBits(Batches.one(3, 1500, 32, Batches.target(new Random(3), 300, 32, 0), x -> x * scale));
        }
    }

    /** Every pass by other kernels than the one before. */
    @Test
    void kernelsMayChangeAtAnyTime() {
        CtcBatch batch = Batches.mixed(4, 400, 5, 40, 90);
        CtcResult expected = compute(Kernels.SCALAR, batch, STEP);
        AtomicInteger asked = new AtomicInteger();
        try (Crew crew =
                new Crew(3, Runnable::run, () -> asked.getAndIncrement() % 2 == 0 ? Kernels.SCALAR : Kernels.VECTOR)) {
            for (int round = 0; round < 5; round++) {
                CtcResult result = HeldToReference.dirtyResult(batch, STEP);
                new BatchRun(crew, batch, STEP, result).run();
                assertSameBits(result, expected);
            }
        }
        assertThat(asked.get()).isGreaterThan(20);
    }

    private static void assertSameBits(CtcBatch batch) {
        for (Scores scores : Scores.values()) {
            for (boolean gradient : new boolean[] {true, false}) {
                CtcOptions options = STEP.withScores(scores).withGradient(gradient);
                assertSameBits(compute(Kernels.VECTOR, batch, options), compute(Kernels.SCALAR, batch, options));
            }
            assertThat(posteriors(Kernels.VECTOR, batch, scores)).isEqualTo(posteriors(Kernels.SCALAR, batch, scores));
        }
    }

    private static void assertSameBits(CtcResult actual, CtcResult expected) {
        assertThat(actual.statuses()).isEqualTo(expected.statuses());
        assertThat(actual.losses()).isEqualTo(expected.losses());
        if (expected.hasGradient()) {
            assertThat(actual.gradient().mismatch(expected.gradient())).isEqualTo(-1);
        }
    }

    /** By utterance its status, and γ of all frames and states. */
    private static List<List<Object>> posteriors(Kernels kernels, CtcBatch batch, Scores scores) {
        try (CpuCtc backend = new CpuCtc(1, Runnable::run, kernels)) {
            return backend.operation(CtcPosteriors.class).orElseThrow().posteriors(batch, scores).stream()
                    .map(occupation -> {
                        List<Object> all = new ArrayList<>(List.of(occupation.status()));
                        float[] row = new float[occupation.states()];
                        for (int t = 0; t < occupation.frames(); t++) {
                            occupation.copyFrame(t, row, 0);
                            all.add(FloatBuffer.wrap(row.clone()));
                        }
                        return all;
                    })
                    .toList();
        }
    }

    private static CtcResult compute(Kernels kernels, CtcBatch batch, CtcOptions options) {
        try (CpuCtc backend = new CpuCtc(1, Runnable::run, kernels)) {
            CtcResult result = HeldToReference.dirtyResult(batch, options);
            backend.compute(batch, options, result);
            return result;
        }
    }
}
