package io.github.tornadoctc.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Times something over and over by the wall clock. The first third of the budget warms up and is not counted: the JVM
 * compiles what it runs often, and a device's plan is compiled at its first batch.
 */
public final class Stopwatch {
    private static final double WARM_UP_SHARE = 1.0 / 3;
    /** So that there is a spread at all; fewer only if that would take ten times the budget. */
    private static final int FEWEST = 3;

    private final long budgetNanos;

    /** A budget for one measurement, warm-up included. */
    public Stopwatch(double seconds) {
        this.budgetNanos = (long) (seconds * 1e9);
    }

    /** Milliseconds that one run takes, of at least three runs unless they would take ten times the budget. */
    public Quartiles milliseconds(Runnable run) {
        long start = System.nanoTime();
        do {
            run.run();
        } while (System.nanoTime() - start < budgetNanos * WARM_UP_SHARE);

        List<Double> times = new ArrayList<>();
        long end = start + budgetNanos;
        long before = System.nanoTime();
        do {
            run.run();
            long after = System.nanoTime();
            times.add((after - before) / 1e6);
            before = after;
        } while (before < end || (times.size() < FEWEST && before - start < 10 * budgetNanos));
        return Quartiles.of(times.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
