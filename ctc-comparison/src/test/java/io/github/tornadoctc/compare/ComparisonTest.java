package io.github.tornadoctc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final CtcOptions OPTIONS = CtcOptions.defaults();
    private static final Thresholds THRESHOLDS = new Thresholds(1e-6, 1e-5, 1e-5);

    /** Utterance 0 is fine, 1 has a frame of padding, 2 is infeasible, 3 is not finite. */
    private static final CtcBatch BATCH = CtcBatch.builder(2, 4, 2)
            .scores(0, 1, 2, 3, 4, 5, Float.NaN, 7, 8, 9, 10, 11, 12, 13, 14, 15)
            .inputLengths(2, 1, 1, 2)
            .targets(new int[][] {{1}, {1}, {1, 1}, {1}})
            .build();

    @Test
    void aRightResultIsWithinTheRoundingOfFloats() {
        Deviation deviation = compare(result -> {});
        assertThat(deviation.beyond(new Thresholds(1e-14, 6e-8, 1e-7))).isEmpty();
        assertThat(deviation.gradient().error()).isPositive();
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
        CtcOptions options = OPTIONS.withScores(Scores.LOG_PROBS);
        CtcResult result = CtcResult.allocate(one, options);
        result.set(0, CtcStatus.OK, actual, options);
        return UtteranceComparison.of(new Truth(one, 0, options), List.of(result), List.of(new GradientErrors(1)))
                .get(0)
                .relativeLoss()
                .error();
    }

    @Test
    void theSameInfinityAndNanAreEqual() {
        assertThat(Worst.difference(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
                .isZero();
        assertThat(Worst.difference(Double.NaN, Double.NaN)).isZero();
    }

    @Test
    void whatIsNotFiniteWhereItShouldBeIsInfinitelyFarOff() {
        assertThat(Worst.difference(Double.NaN, 1)).isInfinite();
        assertThat(Worst.difference(1, Double.NaN)).isInfinite();
        assertThat(Worst.difference(1, Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(Worst.difference(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                .isInfinite();
    }

    @Test
    void aStatusThatDiffers() {
        assertThat(compare(result -> result.set(3, CtcStatus.OK, Double.NaN, OPTIONS))
                        .beyond(THRESHOLDS))
                .containsExactly("statuses[3] = OK, reference NON_FINITE");
    }

    @Test
    void aFiniteLossOfAnInfeasibleUtterance() {
        assertThat(compare(result -> result.set(2, CtcStatus.OK, 5, OPTIONS)).beyond(THRESHOLDS))
                .containsExactly(
                        "statuses[2] = OK, reference INFEASIBLE",
                        "losses[2] = 5.0, reference Infinity: relative error Infinity is more than 1.00e-06");
    }

    @Test
    void gradientPastTheFramesMustBeExactlyZero() {
        Deviation deviation = compare(result -> {
            set(result, BATCH.rowOffset(1, 1), 1e-30f);
            set(result, BATCH.rowOffset(1, 1) + 1, Float.NaN);
        });
        assertThat(deviation.strays().count()).isEqualTo(2);
        assertThat(deviation.beyond(THRESHOLDS))
                .containsExactly("gradient[t=1][b=1][v=0] = 1.0E-30 must be exactly 0, and 1 more");
    }

    @Test
    void gradientOfAnInfeasibleUtteranceMustBeExactlyZero() {
        assertThat(compare(result -> set(result, BATCH.rowOffset(0, 2), 1e-30f)).beyond(THRESHOLDS))
                .containsExactly("gradient[t=0][b=2][v=0] = 1.0E-30 must be exactly 0");
    }

    @Test
    void zeroInfinityIsPartOfTheTruth() {
        try (CtcBackend cpu = CtcBackends.open("parallel")) {
            BackendComparison comparison = Comparison.of(BATCH, OPTIONS.withZeroInfinity(true), List.of(cpu), () -> {})
                    .get(0);
            assertThat(comparison.overall().beyond(THRESHOLDS)).isEmpty();
            assertThat(comparison.utterances().get(2).loss().actual()).isZero();
        }
    }

    @Test
    void reportsAsManyStepsAsItAnnounces() {
        try (CtcBackend cpu = CtcBackends.open("parallel");
                CtcBackend reference = CtcBackends.open("reference")) {
            List<CtcBackend> both = List.of(cpu, reference);
            CtcBatch batch = new CtcShape("small", 6, 5, 4, 2).randomBatch(1);
            AtomicInteger steps = new AtomicInteger();
            assertThat(Comparison.of(batch, OPTIONS, both, steps::incrementAndGet))
                    .hasSize(2);
            assertThat(steps).hasValue(Comparison.steps(batch, both));
        }
    }

    @Test
    void aThresholdMustBeANumber() {
        assertThatThrownBy(() -> new Thresholds(Double.NaN, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lossError = NaN");
    }

    /** How far the right result is off once something has been done to it. */
    private static Deviation compare(Consumer<CtcResult> change) {
        try (CtcBackend cpu = CtcBackends.open("parallel")) {
            CtcResult result = cpu.compute(BATCH, OPTIONS);
            change.accept(result);
            Deviation overall = Deviation.NONE;
            for (int b = 0; b < BATCH.batchSize(); b++) {
                GradientErrors errors = new GradientErrors(BATCH.timeSteps());
                overall = overall.and(
                        UtteranceComparison.of(new Truth(BATCH, b, OPTIONS), List.of(result), List.of(errors))
                                .get(0));
            }
            return overall;
        }
    }

    private static void set(CtcResult result, long index, float value) {
        result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
    }
}
