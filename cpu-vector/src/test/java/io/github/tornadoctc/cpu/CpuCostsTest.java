package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.cpu.CpuCosts.Step;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The formula, with numbers that can be done in one's head. */
class CpuCostsTest {
    private static final CtcOptions STEP = CtcOptions.defaults();
    private static final CtcOptions LOSS = STEP.withGradient(false);

    private final CpuCosts costs = new CpuCosts(1_000, new Step(5, 7), new Step(0.5, 1), new Step(2, 4), 7, 8);

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
        assertThat(costs.callNanos(batch(3, 0), LOSS, 1)).isEqualTo(1_000 + 230 + 170);
        assertThat(costs.callNanos(batch(3, 0), STEP, 1)).isEqualTo(1_000 + 430 + 310);
    }

    @Test
    void severalShareThem() {
        // 4 of 8 threads are as fast as 1 + 6 · 3/7
        double speedup = 1 + 6 * 3.0 / 7;
        assertThat(costs.callNanos(batch(3, 3, 3, 3, 3, 3, 3, 3), LOSS, 4))
                .isEqualTo(1_000 + 8 * 230 / speedup, Offset.offset(1e-9));
    }

    @Test
    void noBatchIsFasterThanHalfOfItsLongestUtterance() {
        assertThat(costs.callNanos(batch(3), LOSS, 8)).isEqualTo(1_000 + 115);
    }

    @Test
    void moreThreadsThanProcessorsAreWorthNoMore() {
        CtcBatch batch = batch(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
        assertThat(costs.callNanos(batch, LOSS, 100)).isEqualTo(costs.callNanos(batch, LOSS, 8));
    }

    @Test
    void anEmptyBatchIsACall() {
        assertThat(costs.callNanos(batch(), STEP, 8)).isEqualTo(1_000);
    }

    @Test
    void aMachineWithOneProcessorHasNoSpeedup() {
        CpuCosts one = CpuCosts.of(CpuCosts.builtIn(1));
        assertThat(one.callNanos(batch(3, 3), STEP, 1)).isFinite().isPositive();
    }
}
