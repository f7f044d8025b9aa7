package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Of a revision that copies with several threads, and of memory of {@code CtcBackend.allocate}, 2026-11-26. */
    @ParameterizedTest
    @CsvSource({
        "A, 0.29, 0.138",
        "B, 0.77, 0.244",
        "C, 2.0, 1.38",
        "D, 5.7, 3.24",
        "E, 1.00, 0.56",
        "F, 11.2, 8.1",
        "G, 32.3, 25.8",
        "H, 1.29, 0.50"
    })
    void anEstimateIsNearWhatWasMeasuredInEitherMemory(String shape, double elsewhere, double lent) {
        MadeUpMachine machine = MadeUpMachine.withStreams();
        assertThat(machine.nanos("tornado", batch(shape), STEP) / 1e6).isBetween(elsewhere / 1.5, elsewhere * 1.5);
        assertThat(machine.lentNanos("tornado", batch(shape), STEP) / 1e6).isBetween(lent / 1.2, lent * 1.2);
        assertThat(machine.lentNanos("cpu", batch(shape), STEP)).isEqualTo(machine.nanos("cpu", batch(shape), STEP));
    }

    /**
     * Of 2026-11-26 on 16 cores. D took 1.8, 3.3, 6.6 and 15.6 in four runs, which no estimate is near, and E has been
     * scheduled otherwise since.
     */
    @ParameterizedTest
    @CsvSource({"A, 0.163", "B, 0.77", "C, 1.26", "F, 8.3", "G, 30.2", "H, 1.01"})
    void anEstimateOfSixteenCoresIsNearWhatWasMeasured(String shape, double milliseconds) {
        assertThat(MadeUpMachine.withStreams().nanos("cpu", batch(shape), STEP) / 1e6)
                .isBetween(milliseconds / 1.75, milliseconds * 1.2);
    }

    /** All in one table of that day; at D the CPU took 1.8, 6.6 and 15.6 in three runs, which no estimate is near. */
    @ParameterizedTest
    @CsvSource({
        "A, 0.163, 0.138",
        "B, 0.77, 0.244",
        "C, 1.26, 1.38",
        "E, 6.1, 0.56",
        "F, 8.3, 8.1",
        "G, 30.2, 25.8",
        "H, 1.01, 0.50"
    })
    void whatIsChosenInLentMemoryIsFasterByWhatWasMeasured(String shape, double cpu, double tornado) {
        boolean onCpu = MadeUpMachine.withStreams()
                .chosenInLentMemory(batch(shape), STEP)
                .equals("cpu");
        assertThat(onCpu ? cpu : tornado).isLessThanOrEqualTo(1.2 * Math.min(cpu, tornado));
    }

    /** Where one takes at least 1.3 times as long as the other: H as well, whose scores take longer to copy than to compute. */
    @ParameterizedTest
    @CsvSource({"B, tornado", "E, tornado", "H, tornado"})
    void sixteenCoresLeaveMoreToTheDeviceInItsOwnMemory(String shape, String expected) {
        assertThat(MadeUpMachine.withStreams().chosenInLentMemory(batch(shape), STEP))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"A, cpu", "B, tornado", "C, cpu", "D, cpu", "E, tornado", "F, cpu", "H, cpu"})
    void sixteenCoresDoWhatTakesLongerToCopy(String shape, String expected) {
        assertThat(MadeUpMachine.withStreams().chosen(batch(shape), STEP)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "C", "D", "E", "F", "G", "H"})
    void twoCoresLeaveAllToTheDeviceInItsOwnMemory(String shape) {
        MadeUpMachine machine = MadeUpMachine.withH200(2, COPIED_BY_MANY);
        assertThat(machine.chosenInLentMemory(batch(shape), STEP)).isEqualTo("tornado");
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
                CtcOptions losses = STEP.withGradient(false);
                assertThat(machine.nanos(backend, batch, losses)).isLessThan(machine.nanos(backend, batch, STEP));
                assertThat(machine.lentNanos(backend, batch, losses))
                        .isLessThan(machine.lentNanos(backend, batch, STEP))
                        .isLessThanOrEqualTo(machine.nanos(backend, batch, losses));
            }
        }
    }
}
