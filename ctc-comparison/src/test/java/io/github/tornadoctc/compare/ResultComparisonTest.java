package io.github.tornadoctc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResultComparisonTest {
    private static final CtcOptions OPTIONS = CtcOptions.defaults();
    private static final CtcBatch SMALL = new CtcShape("small", 9, 4, 5, 3).randomBatch(1);
    /** Nothing but the rounding of a gradient to float32. */
    private static final Thresholds ROUNDING = new Thresholds(1e-14, 6e-8, 2e-7);

    /** Utterance 0 is fine, 1 has a frame of padding, 2 is infeasible, 3 is not finite. */
    private static final CtcBatch MIXED = CtcBatch.builder(2, 4, 2)
            .scores(0, 1, 2, 3, 4, 5, Float.NaN, 7, 8, 9, 10, 11, 12, 13, 14, 15)
            .inputLengths(2, 1, 1, 2)
            .targets(new int[][] {{1}, {1}, {1, 1}, {1}})
            .build();

    static List<CtcOptions> allOptions() {
        List<CtcOptions> all = new ArrayList<>();
        for (Scores scores : Scores.values()) {
            for (Reduction reduction : Reduction.values()) {
                for (boolean zeroInfinity : new boolean[] {false, true}) {
                    all.add(new CtcOptions(scores, reduction, zeroInfinity, true));
                    all.add(new CtcOptions(scores, reduction, zeroInfinity, false));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("allOptions")
    void aRightResultIsWithinTheRoundingOfFloatsWhateverTheOptions(CtcOptions options) {
        for (CtcBatch batch : List.of(SMALL, MIXED)) {
            ResultComparison comparison = ResultComparison.of(batch, options, computed(batch, options));
            assertThat(comparison.beyond(ROUNDING)).isEmpty();
            assertThat(comparison.overall().gradient().isSomewhere()).isEqualTo(options.gradient());
            assertThat(comparison.utterances()).hasSize(batch.batchSize());
        }
    }

    @Test
    void aBatchMajorResultIsReadAsSuch() {
        CtcBatch batch = CtcBatch.builder(4, 2, 3)
                .layout(Layout.BATCH_MAJOR)
                .scores(SMALL.scores().asSlice(0, 4 * 2 * 3 * Float.BYTES).toArray(ValueLayout.JAVA_FLOAT))
                .inputLengths(4, 3)
                .targets(new int[][] {{1, 2}, {2}})
                .build();
        assertThat(ResultComparison.of(batch, OPTIONS, computed(batch, OPTIONS)).beyond(ROUNDING))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aGradientMustBeScaledAsTheReductionSays(Reduction reduction) {
        CtcResult unscaled = computed(SMALL, OPTIONS);
        CtcOptions options = OPTIONS.withReduction(reduction);
        unscaled.reduce(SMALL, options);
        List<String> failures = ResultComparison.of(SMALL, options, unscaled).beyond(Thresholds.DEFAULTS);
        assertThat(failures.isEmpty()).isEqualTo(reduction != Reduction.MEAN);
    }

    @ParameterizedTest
    @EnumSource
    void aReducedLossThatIsNotThatOfTheLossesIsNamed(Reduction reduction) {
        CtcOptions options = OPTIONS.withReduction(reduction);
        CtcResult result = computed(SMALL, options);
        result.set(0, CtcStatus.OK, result.loss(0) + 1, options);
        result.reduce(SMALL, options);
        result.set(0, CtcStatus.OK, result.loss(0) - 1, options);
        assertThat(ResultComparison.of(SMALL, options, result).beyond(Thresholds.DEFAULTS))
                .singleElement()
                .asString()
                .startsWith("reduced = ")
                .contains("relative error", "is more than 1.00e-06");
    }

    @Test
    void lossErrorIsRelativeToAtLeastOne() {
        assertThat(relativeErrorOf(0.5, 0.25)).isEqualTo(0.25);
        assertThat(relativeErrorOf(110, 100)).isEqualTo(0.1);
    }

    private static double relativeErrorOf(double actual, double loss) {
        CtcBatch one = CtcBatch.builder(1, 1, 2)
                .scores(0, (float) -loss)
                .targets(new int[][] {{1}})
                .build();
        CtcOptions options = OPTIONS.withScores(Scores.LOG_PROBS).withGradient(false);
        CtcResult result = CtcResult.allocate(one, options);
        result.set(0, CtcStatus.OK, actual, options);
        return ResultComparison.of(one, options, result)
                .overall()
                .relativeLoss()
                .error();
    }

    @Test
    void aStatusThatDiffers() {
        assertThat(failures(result -> result.set(3, CtcStatus.OK, Double.NaN, OPTIONS)))
                .containsExactly("statuses[3] = OK, reference NON_FINITE");
    }

    @Test
    void aFiniteLossOfAnInfeasibleUtterance() {
        assertThat(failures(result -> result.set(2, CtcStatus.OK, 5, OPTIONS)))
                .containsExactly(
                        "statuses[2] = OK, reference INFEASIBLE",
                        "losses[2] = 5.0, reference Infinity: relative error Infinity is more than 1.00e-06");
    }

    @Test
    void gradientPastTheFramesMustBeExactlyZero() {
        assertThat(failures(result -> {
                    set(result, MIXED.rowOffset(1, 1), 1e-30f);
                    set(result, MIXED.rowOffset(1, 1) + 1, Float.NaN);
                }))
                .containsExactly("gradient[t=1][b=1][v=0] = 1.0E-30 must be exactly 0, and 1 more");
    }

    @Test
    void gradientOfAnInfeasibleUtteranceMustBeExactlyZero() {
        assertThat(failures(result -> set(result, MIXED.rowOffset(0, 2), 1e-30f)))
                .containsExactly("gradient[t=0][b=2][v=0] = 1.0E-30 must be exactly 0");
    }

    @Test
    void aGradientThatIsNotANumberIsInfinitelyFarOff() {
        assertThat(failures(result -> set(result, MIXED.rowOffset(0, 0), Float.NaN)))
                .first()
                .asString()
                .startsWith("gradient[t=0][b=0][v=0] = NaN")
                .contains("error Infinity");
    }

    @Test
    void aGradientThatNobodyAskedForIsNotLookedAt() {
        CtcResult result = computed(SMALL, OPTIONS);
        set(result, 0, Float.NaN);
        assertThat(ResultComparison.of(SMALL, OPTIONS.withGradient(false), result)
                        .beyond(ROUNDING))
                .isEmpty();
    }

    @Test
    void aResultOfAnotherShapeIsRefused() {
        CtcResult result = computed(MIXED, OPTIONS.withGradient(false));
        assertThatThrownBy(() -> ResultComparison.of(MIXED, OPTIONS, result))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("result has 0 bytes for the gradient");
        assertThatThrownBy(() -> Truth.of(new CtcShape("one", 9, 1, 5, 3).randomBatch(1), OPTIONS)
                        .compare(result))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("result is of a batch of 4, not of 1");
    }

    private static List<String> failures(Consumer<CtcResult> change) {
        CtcResult result = computed(MIXED, OPTIONS);
        change.accept(result);
        return ResultComparison.of(MIXED, OPTIONS, result).beyond(Thresholds.DEFAULTS);
    }

    private static CtcResult computed(CtcBatch batch, CtcOptions options) {
        try (CtcBackend backend = CtcBackends.open("parallel")) {
            return backend.compute(batch, options);
        }
    }

    private static void set(CtcResult result, long index, float value) {
        result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
    }
}
