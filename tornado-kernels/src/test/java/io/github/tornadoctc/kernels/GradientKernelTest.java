package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.reference.ForwardBackward;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@KernelTest
class GradientKernelTest {
    private static final double TOLERANCE = 1e-6;

    @ParameterizedTest
    @EnumSource
    void itIsTheReferencesTimesTheWeightAndExactlyZeroWhereThereIsNone(StageCase what) {
        Stages stages = Stages.all(what);
        CtcBatch batch = stages.batch;
        for (int b = 0; b < batch.batchSize(); b++) {
            ForwardBackward reference = stages.reference(b);
            double weight = stages.options.reduction().weight(batch, b);
            for (int t = 0; t < batch.timeSteps(); t++) {
                boolean inside = t < batch.inputLength(b) && reference.status() == CtcStatus.OK;
                double[] expected = inside ? reference.gradient(t) : new double[batch.symbols()];
                for (int v = 0; v < batch.symbols(); v++) {
                    assertThat((double) stages.gradient(t, b, v))
                            .as("symbol %d at frame %d of %d", v, t, b)
                            .isCloseTo(weight * expected[v], within(inside ? TOLERANCE : 0));
                }
            }
        }
    }
}
