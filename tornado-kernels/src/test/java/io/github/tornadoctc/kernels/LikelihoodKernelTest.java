package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@KernelTest
class LikelihoodKernelTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXCEPTIONS")
    void itIsTheProbabilityOfTheTarget(StageCase what) {
        Stages stages = Stages.toTheLikelihood(what);
        for (int b = 0; b < stages.batch.batchSize(); b++) {
            double mantissa = (double) stages.likelihoods.get(Likelihoods.mantissa(b)) / Likelihoods.MANTISSA_ONE;
            double log = Math.log(mantissa) + exponent(stages, b) * Math.log(2);
            assertThat(mantissa).isGreaterThanOrEqualTo(1).isLessThan(2);
            assertThat(log).as("utterance %d", b).isCloseTo(-stages.reference(b).loss(), within(TOLERANCE));
        }
    }

    @Test
    void anImpossibleTargetIsInfeasibleAndARowWithoutASumNotFinite() {
        Stages stages = Stages.toTheLikelihood(StageCase.EXCEPTIONS);
        assertThat(exponent(stages, 0)).as("too few frames").isEqualTo(LikelihoodKernel.INFEASIBLE);
        assertThat(exponent(stages, 1)).as("no frames").isEqualTo(LikelihoodKernel.INFEASIBLE);
        assertThat(exponent(stages, 2)).as("NaN").isEqualTo(LikelihoodKernel.NON_FINITE);
        assertThat(exponent(stages, 3)).as("all masked").isEqualTo(LikelihoodKernel.NON_FINITE);
        assertThat(exponent(stages, 4)).as("nothing wrong").isGreaterThan(LikelihoodKernel.INFEASIBLE);
        assertThat(stages.likelihoods.get(Likelihoods.mantissa(0))).isZero();
    }

    private static int exponent(Stages stages, int b) {
        return stages.likelihoods.get(Likelihoods.exponent(b));
    }
}
