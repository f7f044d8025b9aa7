package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcBatchBuilder;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses from the test suites and issue threads of other systems, each recomputed in float64. */
interface PublishedLosses extends BackendUnderTest {
    /** Scores such as 0.1 are rounded to float32 on their way in. */
    double ROUNDED_INPUT = 2e-7;
    /** Figures have ten decimals. */
    double TYPED = 1e-10;

    private void assertLoss(CtcBatchBuilder builder, double expected, double inputTolerance) {
        assertLoss(builder, LOGITS, expected, inputTolerance);
    }

    private void assertLoss(CtcBatchBuilder builder, CtcOptions options, double expected, double inputTolerance) {
        CtcResult result = computeAndCheck(builder.build(), options);
        assertLoss(result.loss(0), expected, lossTolerance() + inputTolerance);
    }

    private static CtcBatchBuilder one(int frames, int symbols, float... scores) {
        return CtcBatch.builder(frames, 1, symbols).scores(scores);
    }

    /** k2, and the warp-ctc tutorial. */
    @Test
    default void k2() {
        assertLoss(one(1, 5, 0, 0, 0, 0, 0).targets(new int[] {1}), 1.6094379124, TYPED);
        assertLoss(
                one(3, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15).targets(new int[] {3, 3}),
                7.3557431878,
                TYPED);
        assertLoss(
                one(3, 5, -5, -4, -3, -2, -1, -10, -9, -8, -7, -6, -15, -14, -13, -12, -11)
                        .targets(new int[] {2, 3}),
                4.9388498670,
                TYPED);
    }

    /** MXNet. */
    @Test
    default void mxnetSmall() {
        assertLoss(
                one(3, 5, 1.2f, 3.4f, 1.2f, -.1f, -2.34f, .1f, .2f, .3f, .22f, .123f, -15, -14, -13, -12, -11)
                        .targets(new int[] {2, 3}),
                4.0478966769,
                ROUNDED_INPUT);
        assertLoss(
                one(
                                3, 5, 1.2f, 3.4f, 1.2f, -.1f, -2.34f, .1f, .2f, .3f, .22f, .123f, -15, -14.2f, -13.5f,
                                -12.2f, -11.22f)
                        .targets(new int[] {2}),
                5.4091051677,
                ROUNDED_INPUT);
    }

    /** MXNet: equal logits, blank last. */
    @ParameterizedTest
    @EnumSource
    default void mxnetEqualLogits(Layout layout) {
        assertEqualLogits(20, layout, 3, new int[] {1, 0}, new int[] {2, 1, 1});
    }

    /** The same with the blank first, where labels count from 1. */
    @ParameterizedTest
    @EnumSource
    default void mxnetEqualLogitsBlankFirst(Layout layout) {
        assertEqualLogits(20, layout, 0, new int[] {2, 1}, new int[] {3, 2, 2});
    }

    /** The same in 25 frames of which 20 count. */
    @ParameterizedTest
    @EnumSource
    default void mxnetEqualLogitsPadded(Layout layout) {
        assertEqualLogits(25, layout, 3, new int[] {1, 0}, new int[] {2, 1, 1});
        assertEqualLogits(25, layout, 0, new int[] {2, 1}, new int[] {3, 2, 2});
    }

    private void assertEqualLogits(int frames, Layout layout, int blank, int[]... targets) {
        CtcBatch batch = CtcBatch.builder(frames, 2, 4)
                .scores(new float[frames * 2 * 4])
                .layout(layout)
                .blank(blank)
                .inputLengths(20, 20)
                .targets(targets)
                .build();
        CtcResult result = computeAndCheck(batch);
        assertLoss(result.loss(0), 18.8282049089, lossTolerance() + TYPED);
        assertLoss(result.loss(1), 16.5058171887, lossTolerance() + TYPED);
    }

    /** A TensorFlow issue: zero logits, blank last. */
    @Test
    default void tensorflowZeroLogits() {
        assertLoss(one(2, 3, new float[6]).blank(2).targets(new int[] {0}), 1.0986122887, TYPED);
        assertLoss(one(2, 3, new float[6]).blank(2).targets(new int[] {}), 2 * Math.log(3), TYPED);
    }

    /** GTN: five of the 64 paths spell the target. */
    @Test
    default void gtnUniform() {
        assertLoss(one(3, 4, new float[12]).blank(3).targets(new int[] {1, 2}), -Math.log(5 / 64.0), TYPED);
    }

    /** GTN: a one-hot path costs nothing, exactly. */
    @ParameterizedTest
    @EnumSource
    default void gtnOneHot(Scores scores) {
        float no = Float.NEGATIVE_INFINITY;
        CtcBatch batch = one(3, 4, 0, no, no, no, no, no, no, 0, 0, no, no, no)
                .blank(3)
                .targets(new int[] {0, 0})
                .build();
        assertThat(computeAndCheck(batch, LOGITS.withScores(scores)).loss(0)).isZero();
    }

    /** An optax issue: a loss of 1.7e−15 came out negative. */
    @Test
    default void optaxNeverNegative() {
        CtcResult result =
                computeAndCheck(one(2, 2, 0, 17, 0, 17).targets(new int[] {1}).build());
        assertThat(result.loss(0)).isBetween(0.0, 1.713908e-15 + lossTolerance());
    }

    /** A warp-ctc issue: probabilities clamped to the smallest float made this 87. */
    @Test
    default void warpCtcTinyProbability() {
        assertLoss(one(1, 5, 0, -150, 0, 0, 0).targets(new int[] {1}), 151.3862943611, TYPED);
    }

    @Test
    default void tooShortForARepeat() {
        CtcResult result = computeAndCheck(
                one(2, 3, new float[6]).targets(new int[] {1, 1}).build());
        assertThat(result.status(0)).isEqualTo(CtcStatus.INFEASIBLE);
        assertThat(result.loss(0)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    /** The three-frame lesson: "g" over {_, g} is spelt by gg_, g__, _gg, _g_, __g and ggg. */
    @Test
    default void threeFrames() {
        double[] g = {0.6, 0.25, 0.8};
        float[] scores = new float[6];
        double[] n = new double[3];
        for (int t = 0; t < 3; t++) {
            n[t] = 1 - g[t];
            scores[2 * t] = (float) Math.log(n[t]);
            scores[2 * t + 1] = (float) Math.log(g[t]);
        }
        double sum = g[0] * g[1] * n[2]
                + g[0] * n[1] * n[2]
                + n[0] * g[1] * g[2]
                + n[0] * g[1] * n[2]
                + n[0] * n[1] * g[2]
                + g[0] * g[1] * g[2];
        for (Scores kind : Scores.values()) {
            CtcBatchBuilder builder = one(3, 2, scores).targets(new int[] {1});
            assertLoss(builder, LOGITS.withScores(kind), -Math.log(sum), ROUNDED_INPUT);
        }
    }
}
