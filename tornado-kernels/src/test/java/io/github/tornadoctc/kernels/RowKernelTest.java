package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.reference.ForwardBackward;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

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

    /** However small it is: a nearly certain symbol's is what all the others add up to. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LOG_PROBABILITIES", "EXCEPTIONS"})
    void normalisersAreExactToThreeTenMillionths(StageCase what) {
        Stages stages = Stages.toTheLikelihood(what);
        CtcBatch batch = stages.batch;
        for (int b = 0; b < batch.batchSize(); b++) {
            for (int t = 0; t < batch.inputLength(b); t++) {
                double sum = -1;
                for (int v = 0; v < batch.symbols(); v++) {
                    sum += Math.exp((double) batch.score(t, b, v) - stages.rowMax(t, b));
                }
                assertThat(-stages.normaliser(t, b) / Math.log1p(sum)).isCloseTo(1, within(3e-7));
            }
        }
    }

    /** By whichever exponential rows are added up; the emulator's own is exact. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXCEPTIONS")
    void bothExponentialsMakeTheSameOfARow(StageCase what) {
        Stages ours = Stages.toTheLikelihood(what, false);
        Stages devices = Stages.toTheLikelihood(what, true);
        CtcBatch batch = ours.batch;
        for (int b = 0; b < batch.batchSize(); b++) {
            for (int t = 0; t < batch.inputLength(b); t++) {
                assertThat(devices.rowMax(t, b)).isEqualTo(ours.rowMax(t, b));
                assertThat(devices.inverseSum(t, b)).isCloseTo(ours.inverseSum(t, b), withPercentage(1e-4));
                float normaliser = ours.normaliser(t, b);
                assertThat(devices.normaliser(t, b)).isCloseTo(normaliser, within(Math.abs(normaliser) * 1e-6f));
            }
        }
    }

    /** Utterances of one frame, each with its own symbol's score not finite. */
    @ParameterizedTest
    @ValueSource(ints = {7, 77, 300})
    void anyOfARowsScoresMayBeTheOneThatIsNotFinite(int symbols) {
        SmallBatch draft = new SmallBatch(1, 3 * symbols, symbols, 0);
        for (int v = 0; v < symbols; v++) {
            draft.score(v, v, Float.NaN);
            draft.score(symbols + v, v, Float.POSITIVE_INFINITY);
            draft.score(2 * symbols + v, v, Float.NEGATIVE_INFINITY);
        }
        CtcOptions options = CtcOptions.defaults().withGradient(false);
        Variant variant = new Variant("not finite", draft.build(Layout.TIME_MAJOR), options, 1024);

        CtcResult result =
                variant.run(TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice());

        for (int v = 0; v < symbols; v++) {
            assertThat(result.status(v)).as("NaN at %d", v).isEqualTo(CtcStatus.NON_FINITE);
            assertThat(result.status(symbols + v)).as("+∞ at %d", v).isEqualTo(CtcStatus.NON_FINITE);
            CtcStatus masked = v == 0 ? CtcStatus.INFEASIBLE : CtcStatus.OK;
            assertThat(result.status(2 * symbols + v)).as("−∞ at %d", v).isEqualTo(masked);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRowThatIsNotFiniteOrAllMaskedHasNoSumAndEmitsNothing(boolean deviceExponential) {
        Stages stages = Stages.toTheLikelihood(StageCase.EXCEPTIONS, deviceExponential);
        assertThat(stages.inverseSum(1, 2)).isEqualTo(RowKernel.NO_SUM);
        assertThat(stages.inverseSum(2, 2)).isEqualTo(RowKernel.NO_SUM);
        assertThat(stages.emission(2, 2, 0)).isEqualTo(Emission.IMPOSSIBLE);
        assertThat(stages.inverseSum(1, 3)).isEqualTo(RowKernel.NO_SUM);
        assertThat(stages.inverseSum(1, 4)).isPositive();
        assertThat(stages.logEmission(1, 2, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(stages.logEmission(1, 3, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(stages.emission(1, 2, 0)).isEqualTo(Emission.IMPOSSIBLE);
        assertThat(stages.emission(1, 3, 1)).isEqualTo(Emission.IMPOSSIBLE);
    }
}
