package io.github.tornadoctc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a {@link Soak} has counted.
 *
 * @param batches of random shapes
 * @param compiledAtFirst kernels compiled for the first batches, one with and one without gradient; that this is not 0
 *     shows that compilations are counted
 * @param compiled kernels compiled for the random batches
 * @param plans made for the random batches
 * @param passes over the batches until memory had settled, or as many as there are at most
 * @param looks at memory, spread evenly over the last pass
 */
record Counters(int batches, int compiledAtFirst, int compiled, int plans, int passes, List<Memory> looks) {
    /** Room for what is added meanwhile and is small: classes, profiles, statistics. */
    static final long HEAP_TOLERANCE = 1L << 20;

    /** The same of the process, whose memory is counted in pages. */
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
        addIfItGoesOn(failures, "the Java heap", heap(), HEAP_TOLERANCE);
        addIfItGoesOn(failures, "the process", resident(), RESIDENT_TOLERANCE);
        addIfItGoesOn(failures, "memory on the device", device(), 0);
        return failures;
    }

    /** Whether memory has stopped growing, of every kind. */
    static boolean areSettled(List<Memory> looks) {
        Counters counters = new Counters(0, 0, 0, 0, 0, looks);
        return counters.heap().isSettled(HEAP_TOLERANCE)
                && counters.resident().isSettled(RESIDENT_TOLERANCE)
                && counters.device().isSettled(0);
    }

    private Trend heap() {
        return trend(Memory::heap);
    }

    private Trend resident() {
        return trend(Memory::resident);
    }

    private Trend device() {
        return trend(Memory::device);
    }

    private Trend trend(ToLongFunction<Memory> kind) {
        return Trend.of(looks.stream().mapToLong(kind).toArray());
    }

    /** The first look. */
    Memory before() {
        return looks.getFirst();
    }

    /** The last one. */
    Memory after() {
        return looks.getLast();
    }

    private void addIfItGoesOn(List<String> failures, String what, Trend trend, long tolerance) {
        if (trend.goesOn(tolerance)) {
            failures.add(
                    "%s goes on growing: in pass %d over the batches by %.0f bytes from its first third to its second,"
                                    .formatted(what, passes, trend.first())
                            + " and by %.0f from there to its last".formatted(trend.last()));
        }
    }
}
