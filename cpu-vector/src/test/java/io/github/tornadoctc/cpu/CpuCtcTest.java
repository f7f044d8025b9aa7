package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the reference computes, the fast backend computes too: losses to 1e-7, gradients to 2e-7. */
@ParameterizedClass
@MethodSource("kernels")
class CpuCtcTest {
    private static final CtcOptions LOGITS = CtcOptions.defaults();

    private final CpuCtc backend;

    CpuCtcTest(Kernels kernels) {
        backend = new CpuCtc(1, Runnable::run, kernels);
    }

    static List<Kernels> kernels() {
        return List.of(Kernels.values());
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @ParameterizedTest
    @EnumSource(Scores.class)
    void randomBatchesOfEveryKind(Scores scores) {
        Random random = new Random(1);
        for (int i = 0; i < 150; i++) {
            double scale = new double[] {1, 5, 50, 1000}[i % 4];
            CtcBatch batch = Batches.random(random, x -> x * scale);
            CtcOptions options = new CtcOptions(
                    scores,
                    List.of(Reduction.values()).get(random.nextInt(3)),
                    random.nextBoolean(),
                    random.nextInt(4) > 0);
            HeldToReference.check(backend, batch, options);
        }
    }

    /** As most frames of a trained model: added up in float, the others would be lost beside the largest. */
    @ParameterizedTest
    @ValueSource(ints = {6624, 6627})
    void besideASymbolThatIsNearlyCertainTheOthersCount(int symbols) {
        Random random = new Random(symbols);
        float[] scores = new float[50 * symbols];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i % symbols == 0 ? 15 : (float) random.nextGaussian();
        }
        CtcBatch batch = CtcBatch.builder(50, 1, symbols)
                .scores(scores)
                .targets(new int[] {})
                .build();
        HeldToReference.check(backend, batch, LOGITS);
        HeldToReference.check(backend, batch, LOGITS.withGradient(false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 8, 9, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 700})
    void targetsOfEveryLength(int length) {
        int[] target = Batches.target(new Random(length), length, 30, 0);
        int needed = Batches.framesNeeded(target);
        for (int frames : new int[] {needed, needed + 1, needed + 17, 2 * needed + 30}) {
            if (frames > 0) {
                HeldToReference.check(backend, Batches.one(length, frames, 30, target, x -> x), LOGITS);
            }
        }
    }

    static Stream<CtcShape> shapes() {
        return BenchmarkShapes.USUAL.stream()
                .map(shape ->
                        new CtcShape(shape.name(), shape.timeSteps(), 2, shape.symbols(), shape.maxTargetLength()));
    }

    @Tag("large")
    @ParameterizedTest
    @MethodSource("shapes")
    void benchmarkShapes(CtcShape shape) {
        HeldToReference.check(backend, shape.randomBatch(7), LOGITS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 50, 1000, 1e6, 1e30})
    void peakedLogits(double scale) {
        for (int length : new int[] {3, 40}) {
            int[] target = Batches.target(new Random(3), length, 25, 0);
            CtcBatch batch = Batches.one(5, 3 * length + 2, 25, target, x -> x * scale);
            HeldToReference.check(backend, batch, LOGITS);
            HeldToReference.check(backend, batch, LOGITS.withGradient(false));
            HeldToReference.check(backend, batch, LOGITS.withScores(Scores.LOG_PROBS));
        }
    }

    /** Every path has to take label 2, whose probability is as small in every frame; where is all that is open. */
    @ParameterizedTest
    @ValueSource(floats = {1e5f, 1e8f, 1e10f, 1e14f, 1e17f})
    void penaltiesThatEveryPathTakes(float penalty) {
        float[] scores = Batches.scores(new Random(7), 30 * 4, x -> 3 * x);
        for (int t = 0; t < 30; t++) {
            scores[4 * t + 2] = -penalty;
        }
        CtcBatch batch = CtcBatch.builder(30, 1, 4)
                .scores(scores)
                .targets(new int[] {1, 2, 1, 3})
                .build();
        HeldToReference.check(backend, batch, LOGITS);
        HeldToReference.check(backend, batch, LOGITS.withScores(Scores.LOG_PROBS));
    }

    @Test
    void maskedSymbols() {
        int[] target = {1, 2, 2, 3};
        for (int masked = 0; masked < 6; masked++) {
            float[] scores = Batches.scores(new Random(masked), 12 * 6, x -> x);
            for (int at = masked; at < scores.length; at += 6 * (1 + masked % 2)) {
                scores[at] = Float.NEGATIVE_INFINITY;
            }
            CtcBatch batch =
                    CtcBatch.builder(12, 1, 6).scores(scores).targets(target).build();
            HeldToReference.check(backend, batch, LOGITS);
            HeldToReference.check(backend, batch, LOGITS.withScores(Scores.LOG_PROBS));
        }
    }

    @Test
    void randomlyMaskedSymbols() {
        Random random = new Random(9);
        for (int i = 0; i < 100; i++) {
            CtcBatch batch = Batches.random(random, x -> x > 1 ? Double.NEGATIVE_INFINITY : x);
            HeldToReference.check(backend, batch, LOGITS);
            HeldToReference.check(backend, batch, LOGITS.withScores(Scores.LOG_PROBS));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE, Float.MAX_VALUE, -1e4f})
    void oneStrangeScoreAnywhere(float strange) {
        for (int symbols : new int[] {5, 17, 32, 64, 65, 130}) {
            for (int at :
                    IntStream.of(0, 1, symbols - 1, symbols, 4 * symbols - 1).toArray()) {
                float[] scores = Batches.scores(new Random(at), 4 * symbols, x -> x);
                scores[at] = strange;
                CtcBatch batch = CtcBatch.builder(4, 1, symbols)
                        .scores(scores)
                        .targets(new int[] {1, 3})
                        .build();
                // next to a score of 3e38 the reference's own gradient is rounded away
                CtcOptions options = LOGITS.withGradient(strange != Float.MAX_VALUE);
                HeldToReference.check(backend, batch, options);
                HeldToReference.check(backend, batch, options.withScores(Scores.LOG_PROBS));
            }
        }
    }

    @Test
    void nansOfEveryBitPattern() {
        for (int payload : new int[] {0x7fc00001, 0x7f800001, 0xffc001ff, 0xffffffff}) {
            for (int symbols : new int[] {5, 100}) {
                float[] scores = Batches.scores(new Random(1), 3 * symbols, x -> x);
                scores[symbols + 2] = Float.intBitsToFloat(payload);
                CtcBatch batch = CtcBatch.builder(3, 1, symbols)
                        .scores(scores)
                        .targets(new int[] {1})
                        .build();
                HeldToReference.check(backend, batch, LOGITS);
                HeldToReference.check(backend, batch, LOGITS.withScores(Scores.LOG_PROBS));
            }
        }
    }

    /** A path that is e^-10000 less likely than another at one frame is all there is in the end. */
    @Test
    void gapsOfTenThousandNats() {
        float[] scores = new float[40 * 5];
        Random random = new Random(2);
        for (int at = 0; at < scores.length; at++) {
            scores[at] = random.nextInt(3) == 0 ? -1e4f : (float) random.nextGaussian();
        }
        CtcBatch batch = CtcBatch.builder(40, 1, 5)
                .scores(scores)
                .targets(new int[] {1, 2, 3, 4, 1, 2, 3, 3, 2, 1})
                .build();
        HeldToReference.check(backend, batch, LOGITS);
        HeldToReference.check(backend, batch, LOGITS.withScores(Scores.LOG_PROBS));
    }

    @Test
    void confidentNetworks() {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            int[] target = Batches.target(random, 60, 40, 0);
            float[] scores = Batches.scores(random, 400 * 40, x -> x - 10);
            for (int t = 0; t < 400; t++) {
                int u = t * 60 / 400;
                scores[t * 40 + (t % 3 == 0 ? target[u] : 0)] += 15 + 5 * seed;
            }
            CtcBatch batch =
                    CtcBatch.builder(400, 1, 40).scores(scores).targets(target).build();
            HeldToReference.check(backend, batch, LOGITS);
        }
    }

    /** Where neighbouring states at the rim of what can be reached are hundreds of binary orders apart. */
    @Tag("large")
    @ParameterizedTest
    @ValueSource(doubles = {1, 3})
    void longUtterances(double scale) {
        int[] target = Batches.target(new Random(8), 600, 32, 0);
        HeldToReference.check(backend, Batches.one(9, 3000, 32, target, x -> x * scale), LOGITS);
    }
}
