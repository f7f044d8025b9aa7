package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is chosen on machines that are not here. */
class MadeUpMachinesTest {
    private static final CtcOptions STEP = CtcOptions.defaults();

    /** Copies by one thread, 7.6 GB a second: what TornadoVM 5.2.0 did on an H200's host. */
    private static final double COPIED_BY_ONE_THREAD = 0.44;

    /** Copies by many, 27 GB a second. */
    private static final double COPIED_BY_MANY = 0.15;

    private static CtcBatch batch(String shape) {
        return MadeUpMachine.sizes(BenchmarkShapes.named(shape));
    }

    /**
     * Milliseconds of a step from host memory to host memory, as measured on a machine with an H200 and 16 cores,
     * 2026-11-26: what is chosen by estimate took at most 1.2 times as long as the better one.
     */
    @ParameterizedTest
    @CsvSource({"A, 0.141, 0.256", "B, 0.740, 0.749", "C, 1.29, 6.75", "D, 1.81, 21.4"})
    void whatIsChosenIsFasterByWhatWasMeasured(String shape, double cpu, double tornado) {
        MadeUpMachine machine = MadeUpMachine.withH200(16, COPIED_BY_ONE_THREAD);
        double chosen = machine.chosen(batch(shape), STEP).equals("cpu") ? cpu : tornado;
        assertThat(chosen).isLessThanOrEqualTo(1.2 * Math.min(cpu, tornado));
    }

    /** So the formula has to be near what was measured, and not only on the right side of it. */
    @ParameterizedTest
    @CsvSource({"A, 0.262", "B, 0.530", "C, 5.90", "D, 17.8", "E, 0.819", "F, 50.7", "G, 159", "H, 1.76"})
    void anEstimateOfTheDeviceIsNearWhatWasMeasured(String shape, double milliseconds) {
        MadeUpMachine machine = MadeUpMachine.withH200(16, COPIED_BY_ONE_THREAD);
        assertThat(machine.nanos("tornado", batch(shape), STEP) / 1e6)
                .isBetween(milliseconds / 1.4, milliseconds * 1.4);
    }

    /** Few symbols and long utterances go to the device, whose recursion is faster than the way there is long. */
    @ParameterizedTest
    @CsvSource({"A, cpu", "B, tornado", "C, cpu", "D, cpu", "E, tornado", "F, cpu", "G, cpu", "H, cpu"})
    void sixteenCoresReadLargeVocabulariesThemselves(String shape, String expected) {
        MadeUpMachine machine = MadeUpMachine.withH200(16, COPIED_BY_MANY);
        assertThat(machine.chosen(batch(shape), STEP)).isEqualTo(expected);
    }

    /** At D and G both take about as long. */
    @ParameterizedTest
    @CsvSource({"A, tornado", "B, tornado", "C, tornado", "E, tornado", "F, tornado", "H, tornado"})
    void twoCoresLeaveMostToTheDevice(String shape, String expected) {
        MadeUpMachine machine = MadeUpMachine.withH200(2, COPIED_BY_MANY);
        assertThat(machine.chosen(batch(shape), STEP)).isEqualTo(expected);
    }

    /** On whatever machine, from a thousand scores to a hundred million. */
    @Test
    void theLargestUtterancesOfFewSymbolsAreForTheDeviceAndTheSmallestForTheCpu() {
        MadeUpMachine machine = MadeUpMachine.withH200(2, COPIED_BY_MANY);
        assertThat(machine.chosen(MadeUpMachine.sizes(new CtcShape("small", 20, 1, 32, 5)), STEP))
                .isEqualTo("cpu");
        assertThat(machine.chosen(MadeUpMachine.sizes(new CtcShape("long", 2000, 64, 32, 300)), STEP))
                .isEqualTo("tornado");
    }

    @Test
    void estimatesGrowWithEverySize() {
        MadeUpMachine machine = MadeUpMachine.withH200(16, COPIED_BY_MANY);
        for (String backend : new String[] {"cpu", "tornado"}) {
            double before = 0;
            for (int size = 1_000; size <= 100_000_000; size *= 10) {
                CtcShape shape = new CtcShape("sweep", size / 1_000, 10, 100, 5);
                double nanos = machine.nanos(backend, MadeUpMachine.sizes(shape), STEP);
                assertThat(nanos).as("%s at %s", backend, shape).isGreaterThan(before);
                before = nanos;
            }
        }
    }

    @Test
    void lossesAloneAreNeverDearerThanAStep() {
        MadeUpMachine machine = new MadeUpMachine(4, Map.of(), Map.of());
        for (CtcShape shape : BenchmarkShapes.ALL) {
            CtcBatch batch = MadeUpMachine.sizes(shape);
            for (String backend : new String[] {"cpu", "tornado"}) {
                assertThat(machine.nanos(backend, batch, STEP.withGradient(false)))
                        .isLessThan(machine.nanos(backend, batch, STEP));
            }
        }
    }
}
