package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.reference.ForwardBackward;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@KernelTest
class RowKernelTest {
    private static final double TOLERANCE = 1e-6;

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LOG_PROBABILITIES", "EXCEPTIONS"})
    void maximumAndSumAreThoseOfTheRow(StageCase what) {
        Stages stages = Stages.toTheLikelihood(what);
        CtcBatch batch = stages.batch;
        for (int b = 0; b < batch.batchSize(); b++) {
            ForwardBackward reference = stages.reference(b);
            for (int t = 0; t < batch.inputLength(b); t++) {
                float largest = Float.NEGATIVE_INFINITY;
                for (int v = 0; v < batch.symbols(); v++) {
                    largest = Math.max(largest, batch.score(t, b, v));
                }
                assertThat(stages.rowMax(t, b)).isEqualTo(largest);
                double expected = batch.score(t, b, 0) - reference.logProbability(t, 0);
                assertThat(stages.logSumExp(t, b)).as("frame %d of %d", t, b).isCloseTo(expected, within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXCEPTIONS")
    void emissionsAreTheProbabilitiesOfTheTargetsSymbols(StageCase what) {
        Stages stages = Stages.toTheLikelihood(what);
        for (int b = 0; b < stages.batch.batchSize(); b++) {
            ForwardBackward reference = stages.reference(b);
            for (int t = 0; t < reference.timeSteps(); t++) {
                for (int s = 0; s < reference.states(); s++) {
                    double expected = reference.logProbability(t, reference.symbol(s));
                    assertThat(stages.logEmission(t, b, s))
                            .as("state %d at frame %d of %d", s, t, b)
                            .isCloseTo(expected, within(TOLERANCE));
                }
            }
        }
    }

    @Test
    void aRowThatIsNotFiniteOrAllMaskedHasNoSumAndEmitsNothing() {
        Stages stages = Stages.toTheLikelihood(StageCase.EXCEPTIONS);
        assertThat(stages.inverseSum(1, 2)).isEqualTo(RowKernel.NO_SUM);
        assertThat(stages.inverseSum(1, 3)).isEqualTo(RowKernel.NO_SUM);
        assertThat(stages.inverseSum(1, 4)).isPositive();
        assertThat(stages.logEmission(1, 2, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(stages.logEmission(1, 3, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(stages.emissionExponent(1, 2, 0)).isEqualTo(Emission.IMPOSSIBLE_EXPONENT);
        assertThat(stages.emissionExponent(1, 3, 1)).isEqualTo(Emission.IMPOSSIBLE_EXPONENT);
    }
}
