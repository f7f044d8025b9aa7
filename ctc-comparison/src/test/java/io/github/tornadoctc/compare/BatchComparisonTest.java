package io.github.tornadoctc.compare;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.compare.Comparison.Effort;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class BatchComparisonTest {
    private static final CtcBatch BATCH = new CtcShape("small", 9, 4, 5, 3).randomBatch(1);

    @Test
    void rowsOfLogitsSumToZeroAndOfLogProbabilitiesToMinusOne() {
        for (Scores scores : Scores.values()) {
            Worst rowSum = compare(BATCH, CtcOptions.defaults().withScores(scores), 1, (run, result) -> {})
                    .overall()
                    .rowSum();
            assertThat(rowSum.error()).isLessThan(1e-6);
            assertThat(rowSum.expected()).isEqualTo(scores == Scores.LOGITS ? 0 : -1);
        }
    }

    @Test
    void aRowThatDoesNotSumToZeroIsNamed() {
        BackendComparison comparison = compare(BATCH, CtcOptions.defaults(), 1, (run, result) -> {
            for (int v = 0; v < BATCH.symbols(); v++) {
                add(result, BATCH.rowOffset(2, 1) + v, 5e-6f);
            }
        });
        assertThat(comparison.overall().rowSum().at()).hasToString("rowSum[t=2][b=1]");
        assertThat(comparison.beyond(Thresholds.DEFAULTS))
                .singleElement()
                .asString()
                .startsWith("rowSum[t=2][b=1] = ")
                .contains("error 2.5", "is more than 1.00e-05");
    }

    @Test
    void everyRunMustGiveTheSameBits() {
        BackendComparison comparison = compare(BATCH, CtcOptions.defaults(), 3, (run, result) -> {
            if (run > 1) {
                add(result, BATCH.rowOffset(2, 1) + 3, 1e-7f);
            }
        });
        assertThat(comparison.runs()).isEqualTo(3);
        assertThat(comparison.differences().count()).isEqualTo(2);
        assertThat(comparison.beyond(Thresholds.DEFAULTS))
                .singleElement()
                .asString()
                .startsWith("run 2: gradient[t=2][b=1][v=3] = ")
                .endsWith("and 1 more");
    }

    @Test
    void whatDiffersIsNamedInEitherLayout() {
        MemorySegment scores = MemorySegment.ofArray(new float[2 * 3 * 4]);
        CtcBatch batch = CtcBatch.builder(2, 3, 4)
                .layout(Layout.BATCH_MAJOR)
                .scores(scores.toArray(ValueLayout.JAVA_FLOAT))
                .inputLengths(2, 2, 2)
                .targets(new int[][] {{1}, {1}, {1}})
                .build();
        BackendComparison comparison = compare(batch, CtcOptions.defaults(), 2, (run, result) -> {
            if (run > 1) {
                add(result, batch.rowOffset(1, 2) + 3, 1);
            }
        });
        assertThat(comparison.differences().first()).startsWith("run 2: gradient[t=1][b=2][v=3] = ");
    }

    /** Memory that a backend does not write must not pass for the zeros that belong there. */
    @Test
    void whatIsNotWrittenIsNotZero() {
        BackendComparison comparison;
        try (CtcBackend cpu = CtcBackends.open("parallel")) {
            CtcBackend lazy = new Changed(cpu, (run, result) -> {}) {
                @Override
                public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
                    // nothing
                }
            };
            comparison = Comparison.of(
                            BATCH, CtcOptions.defaults(), List.of(Candidate.of(lazy)), new Effort(1, false), () -> {})
                    .backends()
                    .get(0);
        }
        assertThat(comparison.overall().gradient().actual()).isNaN();
        assertThat(comparison.overall().strays().count()).isPositive();
    }

    @Test
    void rmsAndPercentileAreOfTheFramesThatCount() {
        BackendComparison comparison = compare(BATCH, CtcOptions.defaults(), 1, (run, result) -> {});
        long elements = 0;
        for (int b = 0; b < BATCH.batchSize(); b++) {
            elements += (long) BATCH.inputLength(b) * BATCH.symbols();
        }
        Deviation overall = comparison.overall();
        assertThat(overall.gradientRms().count()).isEqualTo(elements);
        assertThat(comparison.result().gradientErrors().histogram().count()).isEqualTo(elements);
        assertThat(overall.gradientRms().value())
                .isPositive()
                .isLessThan(comparison.result().gradientPercentile());
        assertThat(comparison.result().gradientPercentile())
                .isLessThanOrEqualTo(overall.gradient().error());
    }

    @Test
    void theHeatMapIsOfTheWorstUtteranceAndHasTheWorstElement() {
        BackendComparison comparison = compare(
                BATCH, CtcOptions.defaults(), 1, (run, result) -> add(result, BATCH.rowOffset(2, 3) + 4, 0.25f));
        HeatMap map = requireNonNull(comparison.heatMap());
        assertThat(map.utterance()).isEqualTo(3);
        assertThat(map.rows()).isEqualTo(BATCH.symbols());
        assertThat(map.columns()).isEqualTo(BATCH.inputLength(3));
        assertThat(map.cells().get(4)[2])
                .isEqualTo(comparison.overall().gradient().error())
                .isEqualTo(comparison.result().gradientErrors().byFrame()[2]);
    }

    @Test
    void theHeatMapOfALongUtteranceIsBoundedAndLosesNoError() {
        CtcBatch batch = new CtcShape("long", 701, 1, 211, 3).randomBatch(1);
        int t = batch.inputLength(0) - 1;
        BackendComparison comparison = compare(
                batch, CtcOptions.defaults(), 1, (run, result) -> add(result, batch.rowOffset(t, 0) + 210, 0.5f));
        HeatMap map = requireNonNull(comparison.heatMap());
        assertThat(map.columns()).isEqualTo(300);
        assertThat(map.rows()).isEqualTo(150);
        assertThat(map.cells().get(149)[299]).isGreaterThan(0.49);
    }

    @Test
    void alphaAndBetaAgreeAndStatusesAreCounted() {
        try (CtcBackend cpu = CtcBackends.open("parallel")) {
            CtcBatch batch = CtcBatch.builder(2, 2, 2)
                    .scores(0, 1, 2, 3, 4, 5, 6, 7)
                    .inputLengths(2, 1)
                    .targets(new int[][] {{1}, {1, 1}})
                    .build();
            BatchComparison comparison = Comparison.of(
                    batch, CtcOptions.defaults(), List.of(Candidate.of(cpu)), new Effort(1, false), () -> {});
            assertThat(comparison.statuses()).containsOnlyKeys(CtcStatus.OK, CtcStatus.INFEASIBLE);
            assertThat(comparison.disagreement().error()).isLessThan(1e-14);
            assertThat(comparison.backends().get(0).heatMap()).isNull();
        }
    }

    /** The comparison of the CPU's result once something has been done to each run's, counted from 1. */
    private static BackendComparison compare(
            CtcBatch batch, CtcOptions options, int repeat, BiConsumer<Integer, CtcResult> change) {
        try (CtcBackend changed = new Changed(CtcBackends.open("parallel"), change)) {
            return Comparison.of(batch, options, List.of(Candidate.of(changed)), new Effort(repeat, true), () -> {})
                    .backends()
                    .get(0);
        }
    }

    private static void add(CtcResult result, long index, float value) {
        float old = result.gradient().getAtIndex(ValueLayout.JAVA_FLOAT, index);
        result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, index, old + value);
    }

    private static class Changed implements CtcBackend {
        private final CtcBackend right;
        private final BiConsumer<Integer, CtcResult> change;
        private int runs;

        Changed(CtcBackend right, BiConsumer<Integer, CtcResult> change) {
            this.right = right;
            this.change = change;
        }

        @Override
        public String name() {
            return "changed";
        }

        @Override
        public String device() {
            return right.device();
        }

        @Override
        public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
            right.compute(batch, options, result);
            runs++;
            change.accept(runs, result);
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
