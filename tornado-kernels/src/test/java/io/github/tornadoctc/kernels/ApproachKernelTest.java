package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.reference.ForwardBackward;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** α and β of the reference contain the emission of their own frame, those of the kernel at the middle frame do not. */
@KernelTest
class ApproachKernelTest {
    /** Of a logarithm: an ulp or so for each of up to 23 frames. */
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXCEPTIONS")
    void bothDirectionsMeetAtTheMiddleFrame(StageCase what) {
        Stages stages = Stages.toTheLikelihood(what);
        for (int b = 0; b < stages.batch.batchSize(); b++) {
            ForwardBackward reference = stages.reference(b);
            int middle = Lattice.middle(reference.timeSteps());
            for (int s = 0; s < reference.states(); s++) {
                double emission = reference.logProbability(middle, reference.symbol(s));
                assertClose(
                        "α", middle, b, s, stages.logAlphaAtTheMiddle(b, s), reference.logAlpha(middle, s) - emission);
                assertClose(
                        "β", middle, b, s, stages.logBetaAtTheMiddle(b, s), reference.logBeta(middle, s) - emission);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXCEPTIONS")
    void alphaIsKeptBeforeTheMiddleAndBetaAfterIt(StageCase what) {
        Stages stages = Stages.toTheLikelihood(what);
        for (int b = 0; b < stages.batch.batchSize(); b++) {
            ForwardBackward reference = stages.reference(b);
            int middle = Lattice.middle(reference.timeSteps());
            for (int t = 0; t < reference.timeSteps(); t++) {
                for (int s = 0; t != middle && s < reference.states(); s++) {
                    double expected = t < middle ? reference.logAlpha(t, s) : reference.logBeta(t, s);
                    assertClose(t < middle ? "α" : "β", t, b, s, stages.logState(t, b, s), expected);
                }
            }
        }
    }

    private static void assertClose(String name, int t, int b, int s, double actual, double expected) {
        if (Double.isFinite(expected)) {
            assertThat(actual).as("ln %s(%d, %d) of %d", name, t, s, b).isCloseTo(expected, within(TOLERANCE));
        } else {
            assertThat(actual).as("ln %s(%d, %d) of %d", name, t, s, b).isEqualTo(expected);
        }
    }
}
