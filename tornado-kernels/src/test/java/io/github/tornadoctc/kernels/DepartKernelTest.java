package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.reference.ForwardBackward;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@KernelTest
class DepartKernelTest {
    private static final double TOLERANCE = 1e-6;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXCEPTIONS")
    void statesBecomeTheirPosteriorsUpToAFactorOfTheFrame(StageCase what) {
        Stages stages = Stages.all(what);
        for (int b = 0; b < stages.batch.batchSize(); b++) {
            ForwardBackward reference = stages.reference(b);
            for (int t = 0; t < reference.timeSteps(); t++) {
                double sum = 0;
                for (int s = 0; s < reference.states(); s++) {
                    sum += stages.posterior(t, b, s);
                }
                for (int s = 0; s < reference.states(); s++) {
                    assertThat(stages.posterior(t, b, s) / sum)
                            .as("state %d at frame %d of %d", s, t, b)
                            .isCloseTo(reference.statePosterior(t, s), within(TOLERANCE));
                }
            }
        }
    }
}
