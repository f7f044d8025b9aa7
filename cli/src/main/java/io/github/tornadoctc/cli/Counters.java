package io.github.tornadoctc.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link Soak} has counted.
 *
 * @param batches of random shapes
 * @param compiledAtFirst kernels compiled for the first batches, one with and one without gradient; that this is not 0
 *     shows that compilations are counted
 * @param compiled kernels compiled for the random batches
 * @param plans made for the random batches
 * @param before memory after the first pass
 * @param after memory after the second
 */
record Counters(int batches, int compiledAtFirst, int compiled, int plans, Memory before, Memory after) {
    /** What the JVM itself may come to hold meanwhile: classes, profiles, statistics. */
    static final long HEAP_TOLERANCE = 1L << 20;

    /** What the JVM's compiler and collector, and the C library's allocator, may hold on to meanwhile. */
    static final long RESIDENT_TOLERANCE = 16L << 20;

    /** What should not have happened, a line for each; empty if nothing did. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (compiled > 0) {
            failures.add("%d kernels were compiled for %d batches".formatted(compiled, batches));
        }
        if (plans > 0) {
            failures.add("%d plans were made for %d batches".formatted(plans, batches));
        }
        addIfGrown(failures, "the Java heap", before.heap(), after.heap(), HEAP_TOLERANCE);
        addIfGrown(failures, "the process", before.resident(), after.resident(), RESIDENT_TOLERANCE);
        addIfGrown(failures, "memory on the device", before.device(), after.device(), 0);
        return failures;
    }

    private static void addIfGrown(List<String> failures, String what, long before, long after, long tolerance) {
        if (after - before > tolerance) {
            failures.add("%s grew from %d to %d bytes".formatted(what, before, after));
        }
    }
}
