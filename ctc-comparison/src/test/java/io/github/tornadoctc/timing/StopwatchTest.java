package io.github.tornadoctc.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** By a clock that the runs themselves move on, so nothing is timed. */
class StopwatchTest {
    private static final double BUDGET = 0.3;

    private long nanos = 1000;
    private long compiledNanos;
    private int calls;

    /** A stopwatch of runs that take so many milliseconds each. */
    private Timing time(IntToDoubleFunction milliseconds) {
        return time(milliseconds, call -> 0);
    }

    /** And during which compilations of so many milliseconds end. */
    private Timing time(IntToDoubleFunction milliseconds, IntToDoubleFunction compiled) {
        return new Stopwatch(BUDGET, () -> nanos, () -> compiledNanos).time(() -> {
            nanos += (long) (milliseconds.applyAsDouble(calls) * 1e6);
            compiledNanos += (long) (compiled.applyAsDouble(calls) * 1e6);
            calls++;
        });
    }

    @Test
    void callsThatFallAreDiscarded() {
        double[] falling = {187, 181, 176, 150, 90, 61, 44, 31, 19, 12, 9};
        Timing timing = time(call -> call < falling.length ? falling[call] : 7.2);
        assertThat(timing.milliseconds().lower()).isEqualTo(7.2);
        assertThat(timing.milliseconds().upper()).isEqualTo(7.2);
        assertThat(timing.discarded()).isGreaterThanOrEqualTo(falling.length);
        assertThat(timing.steady()).isTrue();
        assertThat(timing.discarded() + timing.milliseconds().count()).isEqualTo(calls);
    }

    @Test
    void callsThatAreSlowAndEvenUntilTheyAreCompiledAreDiscarded() {
        // long enough to look steady, but the compilers have not been quiet
        Timing timing = time(call -> call < 9 ? 180 : 1.1, call -> call == 3 || call == 8 ? 700 : 0);
        assertThat(timing.milliseconds().median()).isEqualTo(1.1);
        assertThat(timing.discarded()).isGreaterThanOrEqualTo(9);
        assertThat(timing.steady()).isTrue();
    }

    @Test
    void onlyTheFirstWindowOfWhatIsSteadyIsDiscarded() {
        Timing timing = time(call -> 10);
        assertThat(timing).isEqualTo(new Timing(new Quartiles(10, 10, 10, 30), 5, true));
    }

    @Test
    void noiseDoesNotKeepItRunning() {
        // a third of the calls are disturbed, some of them badly
        Timing timing = time(call -> call % 3 == 0 ? 10 + 7 * (call % 5) : 10 + 0.3 * (call % 4));
        assertThat(timing.steady()).isTrue();
        assertThat(timing.milliseconds().median()).isBetween(10.0, 11.0);
        assertThat(nanos).isLessThan((long) (2 * BUDGET * 1e9));
    }

    @Test
    void aSlowFallIsNoticedToo() {
        // by two percent a window, less than what is noise from one to the next
        Timing timing = time(call -> call < 150 ? 20 * Math.pow(0.98, call / 3.0) : 7);
        assertThat(timing.milliseconds().median()).isEqualTo(7);
        assertThat(timing.discarded()).isGreaterThanOrEqualTo(150);
    }

    @Test
    void whatFallsForEverEndsAndIsSaidToBeUnsteady() {
        Timing timing = time(call -> 50 * Math.exp(-nanos / 1e9));
        assertThat(timing.steady()).isFalse();
        assertThat(timing).hasToString(timing.discarded() + ", not steady");
        assertThat(timing.milliseconds().count()).isGreaterThanOrEqualTo(3);
        assertThat(nanos).isLessThan((long) (27 * BUDGET * 1e9));
    }

    @Test
    void compilersThatNeverRestEndToo() {
        Timing timing = time(call -> 10, call -> 30);
        assertThat(timing.steady()).isFalse();
        assertThat(timing.milliseconds().count()).isGreaterThanOrEqualTo(3);
        assertThat(nanos).isLessThan((long) (27 * BUDGET * 1e9));
    }

    @Test
    void housekeepingOfTheCompilersIsNoReasonToGoOn() {
        assertThat(time(call -> 10, call -> 0.1)).isEqualTo(new Timing(new Quartiles(10, 10, 10, 30), 5, true));
    }

    @Test
    void whatTakesLongRunsAFewTimes() {
        Timing timing = time(call -> 2000);
        assertThat(timing).isEqualTo(new Timing(new Quartiles(2000, 2000, 2000, 3), 1, true));
    }

    @Test
    void whatTakesVeryLongRunsOnceMore() {
        Timing timing = time(call -> 6000);
        assertThat(timing).isEqualTo(new Timing(new Quartiles(6000, 6000, 6000, 1), 1, false));
    }

    @Test
    void whatTakesLongerThanAllBudgetsRunsOnce() {
        Timing timing = time(call -> 60_000);
        assertThat(calls).isEqualTo(1);
        assertThat(timing).isEqualTo(new Timing(new Quartiles(60_000, 60_000, 60_000, 1), 0, false));
    }
}
