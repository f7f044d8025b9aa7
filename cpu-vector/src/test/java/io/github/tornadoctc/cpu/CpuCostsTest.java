package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcCall;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.cpu.CpuCosts.Frame;
import io.github.tornadoctc.cpu.CpuCosts.Step;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formula, with numbers that can be done in one's head. */
class CpuCostsTest {
    private static final CtcOptions STEP = CtcOptions.defaults();
    private static final CtcOptions LOSS = STEP.withGradient(false);

    private static final Frame DENSE = new Frame(new Step(5, 7), new Step(2, 4));
    private static final Frame SPARSE = new Frame(new Step(11, 13), new Step(3, 6));
    private static final Step SYMBOL = new Step(0.5, 1);

    private final CpuCosts costs = with(60, new Step(0.05, 0.25));

    private static CpuCosts with(double helpNanos, Step memory) {
        return new CpuCosts(1_000, helpNanos, DENSE, SPARSE, SYMBOL, memory, 7, 8);
    }

    private double nanos(CtcBatch batch, CtcOptions options, int threads) {
        return costs.callNanos(CtcCall.of(batch, options, threads));
    }

    /** 10 frames, 20 symbols; U labels each. */
    private static CtcBatch batch(int... labels) {
        int[][] targets = new int[labels.length][];
        for (int b = 0; b < labels.length; b++) {
            targets[b] = new int[labels[b]];
            Arrays.fill(targets[b], 1);
        }
        return CtcBatch.builder(10, labels.length, 20)
                .scoresOnDevice()
                .targets(targets)
                .build();
    }

    @Test
    void oneThreadComputesOneUtteranceAfterTheOther() {
        // 10 · (5 + 20 · 0.5 + 4 · 2) and 10 · (5 + 10 + 2)
        assertThat(nanos(batch(3, 0), LOSS, 1)).isEqualTo(1_000 + 230 + 170);
        assertThat(nanos(batch(3, 0), STEP, 1)).isEqualTo(1_000 + 430 + 310);
    }

    @Test
    void labelsOfALargeVocabularyAreLookedUpInEachRow() {
        CtcBatch batch = CtcBatch.builder(10, 1, 100)
                .scoresOnDevice()
                .targets(new int[][] {{1, 2, 3}})
                .build();
        // 10 · (11 + 100 · 0.5 + 4 · 3) and 10 · (13 + 100 + 4 · 6)
        assertThat(nanos(batch, LOSS, 1)).isEqualTo(1_000 + 730);
        assertThat(nanos(batch, STEP, 1)).isEqualTo(1_000 + 1370);
    }

    @Test
    void severalShareThem() {
        // 4 of 8 threads are as fast as 1 + 6 · 3/7
        double speedup = 1 + 6 * 3.0 / 7;
        assertThat(nanos(batch(3, 3, 3, 3, 3, 3, 3, 3), LOSS, 4))
                .isEqualTo(1_060 + 8 * 230 / speedup, Offset.offset(1e-9));
    }

    @Test
    void noBatchIsFasterThanHalfOfItsLongestUtterance() {
        assertThat(nanos(batch(3), LOSS, 8)).isEqualTo(1_060 + 115);
    }

    @Test
    void aBatchThatIsOverBeforeThereIsHelpNeedsNone() {
        // 10 · (5 + 10 + 2), of which half would be 85
        CpuCosts slow = with(90, new Step(0, 0));
        assertThat(slow.callNanos(CtcCall.of(batch(0), LOSS, 8))).isEqualTo(1_000 + 170);
    }

    /** 16 utterances, 3200 scores: by 7, computing them would take 16 · 310 / 7 = 709, and 16 · 170 / 7 = 389. */
    @Test
    void noBatchIsFasterThanItsScoresComeFromMemoryAndItsGradientGoesThere() {
        CpuCosts costsOfMemory = with(60, new Step(0.2, 0.5));
        CtcBatch batch = batch(new int[16]);
        assertThat(costsOfMemory.callNanos(CtcCall.of(batch, STEP, 8))).isEqualTo(1_060 + 1600);
        assertThat(costsOfMemory.callNanos(CtcCall.of(batch, LOSS, 8))).isEqualTo(1_060 + 640);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT16, FLOAT16, 800", "BFLOAT16, FLOAT32, 1200", "FLOAT32, FLOAT32, 1600"})
    void sixteenBitsAreHalfOfWhatMoves(ScoreType scores, ScoreType gradient, double nanos) {
        CpuCosts costsOfMemory = with(60, new Step(0.2, 0.5));
        CtcBatch batch = CtcBatch.builder(10, 16, 20)
                .scores(Arena.ofAuto().allocate(3200L * scores.bytes(), scores.bytes()), scores)
                .targets(new int[16][0])
                .build();
        assertThat(costsOfMemory.callNanos(new CtcCall(batch, STEP, gradient, false, 8)))
                .isEqualTo(1_060 + nanos);
    }

    @Test
    void moreThreadsThanProcessorsAreWorthNoMore() {
        CtcBatch batch = batch(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
        assertThat(nanos(batch, LOSS, 100)).isEqualTo(nanos(batch, LOSS, 8));
    }

    @Test
    void anEmptyBatchIsACall() {
        assertThat(nanos(batch(), STEP, 8)).isEqualTo(1_000);
    }

    @Test
    void aMachineWithOneProcessorHasNoSpeedup() {
        CpuCosts one = CpuCosts.of(CpuCosts.builtIn(1));
        assertThat(one.callNanos(CtcCall.of(batch(3, 3), STEP, 1))).isFinite().isPositive();
    }
}
