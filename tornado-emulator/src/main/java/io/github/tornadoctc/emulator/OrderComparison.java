package io.github.tornadoctc.emulator;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs the same kernels with their work-items in different orders. What comes out must be the same to the bit: where it
 * is not, two of them touch the same memory with no barrier between. It is how a race on a local array shows, since
 * those are Java arrays, whose accesses cannot be watched as those of native arrays are.
 */
public final class OrderComparison {
    private static final int SHUFFLES = 2;

    private OrderComparison() {}

    /** Every kind of order: ascending, descending, and a few shuffles. */
    public static List<WorkItemOrder> orders() {
        List<WorkItemOrder> orders = new ArrayList<>(List.of(WorkItemOrder.ASCENDING, WorkItemOrder.DESCENDING));
        for (int seed = 1; seed <= SHUFFLES; seed++) {
            orders.add(WorkItemOrder.shuffle(seed));
        }
        return orders;
    }

    /**
     * Calls {@code run} once in each of {@link #orders()}, under these options otherwise, and compares the memory that it
     * returns, by name.
     *
     * @throws KernelFaultException if a bit of it differs, naming the result, the byte and the two orders; or what a
     *     kernel has ended with
     */
    public static void requireSameResults(EmulatorOptions options, Supplier<Map<String, MemorySegment>> run) {
        Map<String, byte[]> expected = new LinkedHashMap<>();
        WorkItemOrder first = orders().getFirst();
        for (WorkItemOrder order : orders()) {
            Map<String, MemorySegment> results = options.withOrder(order).call(run::get);
            results.forEach((name, result) -> {
                byte[] bytes = expected.computeIfAbsent(name, key -> result.toArray(ValueLayout.JAVA_BYTE));
                long at = MemorySegment.ofArray(bytes).mismatch(result);
                if (at >= 0) {
                    throw new KernelFaultException(
                            "results depend on the order of the work-items: " + name + " differs at byte " + at
                                    + " between the orders " + first + " and " + order,
                            null);
                }
            });
        }
    }
}
