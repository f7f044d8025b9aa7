package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** What {@link DepartKernel} finds where α and β meet. */
@KernelTest
class LikelihoodTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXCEPTIONS")
    void itIsTheProbabilityOfTheTarget(StageCase what) {
        Stages stages = Stages.toTheLikelihood(what);
        for (int b = 0; b < stages.batch.batchSize(); b++) {
            double mantissa = stages.likelihoods.get(Likelihoods.mantissa(b)) / Likelihoods.MANTISSA_ONE;
            double log = Math.log(mantissa) + exponent(stages, b) * Math.log(2) + normaliser(stages, b);
            assertThat(mantissa).isGreaterThanOrEqualTo(1);
            assertThat(log).as("utterance %d", b).isCloseTo(-stages.reference(b).loss(), within(TOLERANCE));
        }
    }

    /** One group finds it or two, which go on; they have the same work-items to share the sums out to. */
    @ParameterizedTest
    @EnumSource
    void itIsTheSameWithoutAGradient(StageCase what) {
        LongArray alone = Stages.toTheLikelihood(what).likelihoods;
        LongArray withGradient = Stages.all(what).likelihoods;
        assertThat(withGradient.toHeapArray()).isEqualTo(alone.toHeapArray());
    }

    @Test
    void anImpossibleTargetIsInfeasibleAndARowWithoutASumNotFinite() {
        Stages stages = Stages.toTheLikelihood(StageCase.EXCEPTIONS);
        assertThat(exponent(stages, 0)).as("too few frames").isEqualTo(DepartKernel.INFEASIBLE);
        assertThat(exponent(stages, 1)).as("no frames").isEqualTo(DepartKernel.INFEASIBLE);
        assertThat(exponent(stages, 2)).as("NaN").isEqualTo(DepartKernel.NON_FINITE);
        assertThat(exponent(stages, 3)).as("all masked").isEqualTo(DepartKernel.NON_FINITE);
        assertThat(exponent(stages, 4)).as("nothing wrong").isGreaterThan(DepartKernel.INFEASIBLE);
        assertThat(stages.likelihoods.get(Likelihoods.mantissa(0))).isZero();
    }

    /** Nothing of a float is lost in the sum but what is far below the largest one's last bit. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXCEPTIONS")
    void normalisersAreAddedUpExactly(StageCase what) {
        Stages stages = Stages.toTheLikelihood(what);
        for (int b = 0; b < stages.batch.batchSize(); b++) {
            double sum = stages.normalisers(b, 0, stages.batch.inputLength(b));
            assertThat(normaliser(stages, b)).isCloseTo(sum, within(1e-13 * Math.abs(sum)));
        }
    }

    private static double normaliser(Stages stages, int b) {
        long units = stages.likelihoods.get(Likelihoods.normaliser(b));
        return Math.scalb((double) units, -(int) stages.likelihoods.get(Likelihoods.scale(b)));
    }

    private static int exponent(Stages stages, int b) {
        return (int) stages.likelihoods.get(Likelihoods.exponent(b));
    }
}
