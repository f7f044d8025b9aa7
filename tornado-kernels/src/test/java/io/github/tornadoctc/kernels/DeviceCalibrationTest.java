package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcCall;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.kernels.DeviceCosts.Rates;
import io.github.tornadoctc.kernels.DeviceCosts.Travel;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device that takes exactly what the formula says has its constants found out again. */
class DeviceCalibrationTest {
    private static final DeviceCosts COSTS = new DeviceCosts(
            1,
            new Travel(300_000, 0.1, 0.21),
            new Travel(75_000, 0.08, 0.15),
            new Rates(90, 0.05),
            new Rates(225, 0.1));

    private static Map<String, Double> measured(DeviceCosts costs) {
        Map<String, Double> constants = new HashMap<>(DeviceCalibration.measure((t, b, v, u, gradient, lent) -> {
            int[][] targets = new int[b][u];
            Arrays.stream(targets).forEach(target -> Arrays.fill(target, 1));
            CtcBatch batch =
                    CtcBatch.builder(t, b, v).scoresOnDevice().targets(targets).build();
            CtcOptions options = CtcOptions.defaults().withGradient(gradient);
            return costs.callNanos(CtcCall.of(batch, options, 1).withLent(lent));
        }));
        constants.put(DeviceCosts.START, costs.startNanos());
        return constants;
    }

    @Test
    void theConstantsOfTheFormulaAreFound() {
        DeviceCosts found = DeviceCosts.of(measured(COSTS));
        assertNear(found.elsewhere(), COSTS.elsewhere());
        assertNear(found.lent(), COSTS.lent());
        assertNear(found.loss(), COSTS.loss());
        assertNear(found.step(), COSTS.step());
    }

    @Test
    void allConstantsAreMeasuredAndNoOthers() {
        assertThat(measured(COSTS)).containsOnlyKeys(DeviceCosts.builtIn().keySet());
    }

    /** Where the clock is coarse, or a call was disturbed. */
    @Test
    void noTimeIsNegative() {
        DeviceCosts nothing =
                new DeviceCosts(1, new Travel(5, 0, 0), new Travel(900, 0, 0), new Rates(0, 0), new Rates(0, 0));
        assertThat(measured(nothing).values()).allMatch(nanos -> nanos >= 0);
    }

    /** 64 scores, which take 6.4 on their way there, and as elements of the gradient 7.04 back. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, FLOAT32, 13.44", "FLOAT16, FLOAT32, 10.24", "BFLOAT16, BFLOAT16, 6.72"})
    void sixteenBitsTravelHalfAsLong(ScoreType scores, ScoreType gradient, double nanos) {
        CtcBatch batch = CtcBatch.builder(8, 1, 8)
                .scores(Arena.ofAuto().allocate(64L * scores.bytes(), scores.bytes()), scores)
                .targets(new int[1][0])
                .build();
        CtcCall call = new CtcCall(batch, CtcOptions.defaults(), gradient, false, 1);
        assertThat(COSTS.callNanos(call)).isEqualTo(300_000 + 8 * 225 + nanos, Offset.offset(1e-6));
    }

    private static void assertNear(Travel actual, Travel expected) {
        assertNear(actual.callNanos(), expected.callNanos());
        assertNear(actual.lossNanos(), expected.lossNanos());
        assertNear(actual.stepNanos(), expected.stepNanos());
    }

    private static void assertNear(Rates actual, Rates expected) {
        assertNear(actual.frameNanos(), expected.frameNanos());
        assertNear(actual.pairNanos(), expected.pairNanos());
    }

    private static void assertNear(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, Percentage.withPercentage(3));
    }
}
