package io.github.tornadoctc.measure;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs something until the JVM has compiled it. That cannot be told from the times: vector code that is not compiled
 * yet is a hundred times slower, and steadily so for seconds. So it runs for some time at least, then on until the
 * compilers have finished nothing for a quarter of that time, but at most four times as long.
 */
public final class JvmWarmUp {
    private static final double LEAST_SECONDS = 4;

    /** Nobody who measures for a moment wants to wait seconds for it. */
    private static final double MOST_BUDGETS = 10;

    private static final int MOST_TIMES_LEAST = 4;
    private static final int QUIET_SHARE = 4;

    private final long leastNanos;

    /**
     * A warm-up before measurements of that many seconds each. Short measurements get a shorter one: it takes at least
     * 4 seconds or 10 measurements, whichever is less.
     */
    public JvmWarmUp(double seconds) {
        this.leastNanos = (long) (1e9 * Math.min(LEAST_SECONDS, MOST_BUDGETS * seconds));
    }

    /** Runs it, over and over. */
    public void run(Runnable run) {
        long start = System.nanoTime();
        long compiled = compileMilliseconds();
        long compiledLast = start;
        long now;
        do {
            run.run();
            now = System.nanoTime();
            if (compileMilliseconds() != compiled) {
                compiled = compileMilliseconds();
                compiledLast = now;
            }
        } while (now - start < leastNanos
                || (now - compiledLast < leastNanos / QUIET_SHARE && now - start < MOST_TIMES_LEAST * leastNanos));
    }

    private static long compileMilliseconds() {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        return compilers == null || !compilers.isCompilationTimeMonitoringSupported()
                ? 0
                : compilers.getTotalCompilationTime();
    }
}
