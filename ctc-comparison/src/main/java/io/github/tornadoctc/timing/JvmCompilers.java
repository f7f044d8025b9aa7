package io.github.tornadoctc.timing;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/** How long the JVM's compilers have worked so far. */
final class JvmCompilers {
    private static final long NANOS = 1_000_000;

    private JvmCompilers() {}

    /** Nanoseconds, counted when a compilation ends; 0 where the JVM does not tell. */
    static long nanos() {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        return compilers == null || !compilers.isCompilationTimeMonitoringSupported()
                ? 0
                : compilers.getTotalCompilationTime() * NANOS;
    }
}
