package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import org.junit.jupiter.api.Test;

/** Losses with gradients from the test suites of other systems, each recomputed in float64. */
interface PublishedGradients extends BackendUnderTest {
    /** Probabilities are given to six digits, losses computed from their logarithms in float32. */
    double SIX_DIGITS = 2e-6;

    /** TensorFlow, warp-ctc and GTN: probabilities, 5 frames of 6 symbols, and another 5. */
    private static double[][] p0() {
        return new double[][] {
            {.633766, .221185, .0917319, .0129757, .0142857, .0260553},
            {.111121, .588392, .278779, .0055756, .00569609, .010436},
            {.0357786, .633813, .321418, .00249248, .00272882, .0037688},
            {.0663296, .643849, .280111, .00283995, .0035545, .00331533},
            {.458235, .396634, .123377, .00648837, .00903441, .00623107}
        };
    }

    private static double[][] p1() {
        return new double[][] {
            {.30176, .28562, .0831517, .0862751, .0816851, .161508},
            {.24082, .397533, .0557226, .0546814, .0557528, .19549},
            {.230246, .450868, .0389607, .038309, .0391602, .202456},
            {.280884, .429522, .0326593, .0339046, .0326856, .190345},
            {.423286, .315517, .0338439, .0393744, .0339315, .154046}
        };
    }

    /** Each target leaves one path through its five frames; two more frames of NaN change nothing. */
    @Test
    default void tensorflow() {
        for (int frames : new int[] {5, 7}) {
            BatchDraft draft = BatchDraft.zeros(frames, 2, 6)
                    .blank(5)
                    .target(0, 0, 1, 2, 1, 0)
                    .target(1, 0, 1, 1, 0)
                    .inputLength(0, 5)
                    .inputLength(1, 5)
                    .padding(Float.NaN);
            fill(draft, 0, p0());
            fill(draft, 1, p1());
            CtcBatch batch = draft.build();
            CtcResult result = computeAndCheck(batch);
            assertLoss(result.loss(0), 3.3421125851, lossTolerance() + 2e-7);
            assertLoss(result.loss(1), 5.4226217310, lossTolerance() + 2e-7);
            assertGradientIsSoftmaxLessPath(batch, 0, result, p0(), 0, 1, 2, 1, 0);
            assertGradientIsSoftmaxLessPath(batch, 1, result, p1(), 0, 1, 5, 1, 0);
        }
    }

    private static void fill(BatchDraft draft, int b, double[][] probabilities) {
        for (int t = 0; t < probabilities.length; t++) {
            for (int v = 0; v < probabilities[t].length; v++) {
                draft.score(t, b, v, (float) Math.log(probabilities[t][v]));
            }
        }
    }

    private void assertGradientIsSoftmaxLessPath(
            CtcBatch batch, int b, CtcResult result, double[][] softmax, int... path) {
        for (int t = 0; t < path.length; t++) {
            for (int v = 0; v < softmax[t].length; v++) {
                assertGradient(batch, b, result, t, v, softmax[t][v] - (path[t] == v ? 1 : 0));
            }
        }
    }

    private void assertGradient(CtcBatch batch, int b, CtcResult result, int t, int v, double expected) {
        assertThat((double) result.gradient(batch, t, b, v))
                .as("gradient at frame %d, utterance %d, symbol %d", t, b, v)
                .isCloseTo(expected, within(gradientTolerance() + SIX_DIGITS));
    }

    /** warp-ctc. */
    @Test
    default void warpCtc() {
        CtcBatch batch = CtcBatch.builder(2, 1, 5)
                .scores(.1f, .6f, .1f, .1f, .1f, .1f, .1f, .6f, .1f, .1f)
                .targets(new int[] {1, 2})
                .build();
        CtcResult result = computeAndCheck(batch);
        assertLoss(result.loss(0), 2.4628583915, lossTolerance() + 2e-7);
        for (int t = 0; t < 2; t++) {
            for (int v = 0; v < 5; v++) {
                assertGradient(batch, 0, result, t, v, v == t + 1 ? -.708125 : .177031);
            }
        }
    }

    /** k2, and the warp-ctc tutorial: three utterances as one ragged batch. */
    @Test
    default void k2Ragged() {
        BatchDraft draft = BatchDraft.zeros(3, 3, 5)
                .inputLength(0, 1)
                .target(0, 1)
                .target(1, 3, 3)
                .target(2, 2, 3);
        for (int t = 0; t < 3; t++) {
            for (int v = 0; v < 5; v++) {
                draft.score(t, 1, v, 5 * t + v + 1).score(t, 2, v, -5 * t - 5 + v);
            }
        }
        CtcBatch batch = draft.build();
        CtcResult result = computeAndCheck(batch);
        assertLoss(result.loss(0), 1.6094379124, lossTolerance() + 1e-10);
        assertLoss(result.loss(1), 7.3557431878, lossTolerance() + 1e-10);
        assertLoss(result.loss(2), 4.9388498670, lossTolerance() + 1e-10);
        double[] row = {-.0211580, .0316849, -.8810572, .2341217, .6364086};
        for (int v = 0; v < 5; v++) {
            assertGradient(batch, 2, result, 0, v, row[v]);
        }
    }
}
