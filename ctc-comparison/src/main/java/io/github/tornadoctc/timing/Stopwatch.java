package io.github.tornadoctc.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times something over and over by the wall clock, until what it takes is steady and has been for long enough. In the
 * first calls a device's plan is compiled and the JVM interprets: code of the Vector API that is not compiled yet takes a
 * hundred times as long. Such calls are discarded, and how many they were is told.
 *
 * <p>Calls are looked at in windows. All so far are discarded when a window's median is lower, by more than noise, than
 * that of the window that was last discarded for that reason, so that the level can only fall; and when the JVM's
 * compilers have finished something of weight, since what they are still at cannot be seen and calls are slow and even
 * until then. A measurement ends when calls have counted for its budget, or since the last compilation for some time,
 * whichever takes longer; and in any case after 10 budgets and 8 seconds, or 26 budgets if that is less.
 */
public final class Stopwatch {
    /** Windows in a budget. */
    private static final int WINDOWS = 6;
    /** Calls of a window, so that it has a median; fewer if they take several windows. */
    private static final int CALLS_OF_A_WINDOW = 3;

    private static final int LONGEST_WINDOW = 3;

    /** A median that is less than this much of one before is not noise. */
    private static final double FALLEN = 0.95;

    /** So that there is a spread at all. */
    private static final int FEWEST = 3;
    /** The same if three would take ten times the budget: one to compare with another. */
    private static final int FEWEST_OF_LONG = 2;

    private static final int MOST_BUDGETS = 10;
    /** On top of those, as often as compilers may take the time that they then have to be quiet. */
    private static final int MOST_QUIETS = 4;

    /** Compilers that finish less than that within a window, of the time they have to be quiet, do housekeeping. */
    private static final double COMPILED_SHARE = 0.02;

    /** How long compilers have to have finished nothing: the longest compilation of a vector kernel takes about one second. */
    private static final long QUIET_NANOS = 2_000_000_000L;
    /** The same for measurements so short that nobody wants to wait seconds. */
    private static final int QUIET_BUDGETS = 4;

    private final long budgetNanos;
    private final LongSupplier clock;
    private final LongSupplier compilers;

    /** A budget for the calls that count. */
    public Stopwatch(double seconds) {
        this(seconds, System::nanoTime, JvmCompilers::nanos);
    }

    /** With another clock, and other compilers, both in nanoseconds. */
    Stopwatch(double seconds, LongSupplier clock, LongSupplier compilers) {
        this.budgetNanos = (long) (seconds * 1e9);
        this.clock = clock;
        this.compilers = compilers;
    }

    /** What one run takes: of at least three runs, unless they would take ten times the budget. */
    public Timing time(Runnable run) {
        return new Measurement().of(run);
    }

    private final class Measurement {
        private final long quietNanos = Math.min(QUIET_NANOS, QUIET_BUDGETS * budgetNanos);
        private final List<Double> times = new ArrayList<>();
        private final long start = clock.getAsLong();
        private long now = start;

        private int counted;
        private long countedSince = start;
        private long compiled = compilers.getAsLong();
        private boolean compiling;

        private int windowBegin;
        private long windowSince = start;
        private double level = Double.POSITIVE_INFINITY;

        Timing of(Runnable run) {
            do {
                long before = now;
                run.run();
                now = clock.getAsLong();
                times.add((now - before) / 1e6);
                if (hasCompiled()) {
                    compiling = true;
                    discard();
                } else if (isWindowFull()) {
                    endWindow();
                }
            } while (!isDone());
            boolean steady = isSteady(FEWEST_OF_LONG);
            int from = steady ? counted : lastFew();
            return new Timing(Quartiles.of(milliseconds(from)), from, steady);
        }

        /** Where the calls begin that count if there were not enough: the last ones, never the first if there are others. */
        private int lastFew() {
            int first = Math.min(1, times.size() - 1);
            return Math.clamp(times.size() - FEWEST, first, Math.max(Math.min(counted, times.size() - 1), first));
        }

        private boolean isDone() {
            return isSteady(FEWEST) || now - start >= MOST_BUDGETS * budgetNanos + MOST_QUIETS * quietNanos;
        }

        private boolean isSteady(int fewest) {
            long enough = compiling ? Math.max(budgetNanos, quietNanos) : budgetNanos;
            return times.size() - counted >= fewest && now - countedSince >= enough;
        }

        private boolean hasCompiled() {
            return compilers.getAsLong() - compiled > COMPILED_SHARE * quietNanos;
        }

        private boolean isWindowFull() {
            long window = budgetNanos / WINDOWS;
            return now - windowSince >= LONGEST_WINDOW * window
                    || (now - windowSince >= window && times.size() - windowBegin >= CALLS_OF_A_WINDOW);
        }

        private void endWindow() {
            double median = Quartiles.of(milliseconds(windowBegin)).median();
            if (median < FALLEN * level) {
                level = median;
                discard();
            } else {
                beginWindow();
            }
        }

        /** All calls so far, of which the first window is always one. */
        private void discard() {
            counted = times.size();
            countedSince = now;
            beginWindow();
        }

        private void beginWindow() {
            windowBegin = times.size();
            windowSince = now;
            compiled = compilers.getAsLong();
        }

        private double[] milliseconds(int from) {
            return times.subList(from, times.size()).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
    }
}
