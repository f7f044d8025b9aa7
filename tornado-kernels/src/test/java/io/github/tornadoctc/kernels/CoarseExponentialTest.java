package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.emulator.Emulator;
import io.github.tornadoctc.reference.ForwardBackward;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** On a device whose exponential is as coarse as that of NVIDIA's OpenCL, always to one side, results are as good. */
class CoarseExponentialTest {
    private static final TornadoDevice DEVICE =
            TornadoRuntimeProvider.getTornadoRuntime().getBackend(0).getDevice(0);
    private static final int FRAMES = 60;

    /** The loss is what all symbols but the blank add up to, of about the same score or of exactly the same. */
    @ParameterizedTest
    @CsvSource({"-2, 15, 1", "2, 15, 1", "-2, 9.2, 0", "2, 9.2, 0", "-2, 4.6, 0", "2, 4.6, 0", "2, 1.3, 0", "2, 0, 0"})
    void manyUnlikelySymbolsCountBesideOneThatIsLikely(int ulps, float margin, float spread) {
        CtcBatch batch = batch(6627, margin, spread, new int[0]);

        CtcResult result = compute(batch, CtcOptions.defaults().withGradient(false), ulps);

        double expected = new ForwardBackward(batch, 0, CtcOptions.defaults()).loss();
        assertThat(result.loss(0)).isCloseTo(expected, within(1e-7 * Math.max(0.05, expected)));
    }

    @ParameterizedTest
    @CsvSource({"-2, 7, 0", "2, 7, 0", "-2, 300, 4", "2, 300, 4", "2, 300, 9", "2, 1024, 0.5"})
    void gradientsAreWithinHalfAMillionth(int ulps, int symbols, float margin) {
        CtcBatch batch = batch(symbols, margin, 1, new int[] {1, 2, 3, 3, 1, 6, 2});

        CtcResult result = compute(batch, CtcOptions.defaults(), ulps);

        ForwardBackward reference = new ForwardBackward(batch, 0, CtcOptions.defaults());
        for (int t = 0; t < FRAMES; t++) {
            double[] expected = reference.gradient(t);
            for (int v = 0; v < symbols; v++) {
                assertThat((double) result.gradient(batch, t, 0, v))
                        .as("symbol %d at frame %d", v, t)
                        .isCloseTo(expected[v], within(5e-7));
            }
        }
    }

    private static CtcBatch batch(int symbols, float margin, float spread, int[] target) {
        float[] scores = new float[FRAMES * symbols];
        Random random = new Random(5);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i % symbols == 0 ? margin : spread * (float) random.nextGaussian();
        }
        return CtcBatch.builder(FRAMES, 1, symbols)
                .scores(scores)
                .targets(target)
                .build();
    }

    private static CtcResult compute(CtcBatch batch, CtcOptions options, int ulps) {
        Variant variant = new Variant(Arrays.toString(batch.target(0)), batch, options, 1024);
        return Emulator.withExponentialError(ulps).call(() -> variant.run(DEVICE));
    }
}
