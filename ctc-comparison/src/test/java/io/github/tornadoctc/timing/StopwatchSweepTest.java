package io.github.tornadoctc.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Figures of a sweep, as a plot has them: sizes double, and so does what a call takes once it is compiled. By a made-up
 * clock of a JVM that compiles anew for some of the sizes: something quickly that hardly helps, and something at a time that
 * nobody knows, until which it is up to 60 times as slow.
 */
class StopwatchSweepTest {
    private static final double SMALLEST_MILLISECONDS = 0.4;
    private static final int SIZES = 8;
    /** Twice as much work, and what is left of noise. */
    private static final double MOST_BETWEEN_NEIGHBOURS = 2.5;

    private long nanos;
    private long compiledNanos;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void noSizeHasAPeakThatItsNeighboursHaveNot(long seed) {
        Random random = new Random(seed);
        List<Timing> sweep = new ArrayList<>();
        for (int size = 0; size < SIZES; size++) {
            sweep.add(time(SMALLEST_MILLISECONDS * (1 << size), random));
        }
        for (int size = 1; size < SIZES; size++) {
            double before = sweep.get(size - 1).milliseconds().median();
            double now = sweep.get(size).milliseconds().median();
            assertThat(now / before)
                    .as("size %d after the one before, %s", size, sweep)
                    .isBetween(1.0, MOST_BETWEEN_NEIGHBOURS);
        }
        assertThat(sweep).allMatch(Timing::steady);
    }

    /** What takes so many milliseconds once it is compiled, a time that half of the sizes need up to 1.5 s to come to. */
    private Timing time(double milliseconds, Random random) {
        boolean compiles = random.nextBoolean();
        long done = nanos + (long) (compiles ? random.nextDouble(1.5e9) : 0);
        double slower = random.nextDouble(10, 60);
        long quickly = nanos + 100_000_000L;
        int[] told = {compiles ? 0 : 2};
        return new Stopwatch(1, () -> nanos, () -> compiledNanos).time(() -> {
            double noise = 1 + 0.1 * random.nextDouble() + (random.nextInt(20) == 0 ? 3 : 0);
            nanos += (long) (milliseconds * noise * (nanos < done ? slower : 1) * 1e6);
            if (nanos >= quickly && told[0] == 0) {
                told[0] = 1;
                compiledNanos += 60_000_000L;
            }
            if (nanos >= done && told[0] < 2) {
                told[0] = 2;
                compiledNanos += 700_000_000L;
            }
        });
    }
}
