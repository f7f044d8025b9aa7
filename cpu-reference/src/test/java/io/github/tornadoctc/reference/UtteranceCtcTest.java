package io.github.tornadoctc.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Reduction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the equations come to is what a result has. */
class UtteranceCtcTest {
    private static final CtcOptions MEAN = CtcOptions.defaults().withReduction(Reduction.MEAN);
    private static final CtcBatch BATCH = RandomBatch.of(6, 3, 4, 4, 2);

    @Test
    void theGradientIsWeightedAndZeroPastAnUtterancesFrames() {
        CtcResult result = CtcResult.allocate(BATCH, MEAN);
        result.gradient().fill((byte) -1); // NaN, as if from another batch
        new ReferenceCtc().compute(BATCH, MEAN, result);
        for (int b = 0; b < BATCH.batchSize(); b++) {
            ForwardBackward equations = new ForwardBackward(BATCH, b, MEAN);
            double weight = Reduction.MEAN.weight(BATCH, b);
            assertThat(result.loss(b)).isEqualTo(equations.loss());
            for (int t = 0; t < BATCH.timeSteps(); t++) {
                for (int v = 0; v < BATCH.symbols(); v++) {
                    double expected =
                            t < BATCH.inputLength(b) ? weight * equations.gradient(t)[v] : 0;
                    assertThat(result.gradient(BATCH, t, b, v)).isEqualTo((float) expected);
                }
            }
        }
        assertThat(IntStream.range(0, BATCH.batchSize()).map(BATCH::inputLength))
                .anyMatch(frames -> frames < BATCH.timeSteps());
    }

    @Test
    void withoutGradientThereIsTheLoss() {
        CtcOptions options = CtcOptions.defaults().withGradient(false);
        CtcResult result = new ReferenceCtc().compute(BATCH, options);
        assertThat(result.hasGradient()).isFalse();
        assertThat(result.loss(1)).isEqualTo(new ForwardBackward(BATCH, 1, options).loss());
    }

    @Test
    void theStatusIsThatOfTheEquations() {
        CtcBatch tooShort = CtcBatch.builder(1, 1, 3)
                .scores(0, 0, 0)
                .targets(new int[] {1, 2})
                .build();
        CtcResult result = new ReferenceCtc().compute(tooShort, MEAN);
        assertThat(result.status(0)).isEqualTo(CtcStatus.INFEASIBLE);
        assertThat(result.loss(0)).isInfinite();
    }
}
