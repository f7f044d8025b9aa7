package io.github.tornadoctc.emulator.engine;

import io.github.tornadoctc.emulator.KernelFaultException;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reports work-items of one group that do not meet at the same barrier. */
final class Divergence {
    private Divergence() {}

    /** The fault of a group in which some items wait at a barrier that others have not reached before they finished. */
    static KernelFaultException finishedWithoutBarrier(Group group) {
        Map<String, List<Integer>> sides = new LinkedHashMap<>();
        for (WorkItem item : group.items()) {
            String side;
            if (item.waiting) {
                side = "wait at " + waitingAt(item);
            } else if (item.site != null) {
                side = "finished after the barrier at " + CallSites.describe(item.site);
            } else {
                side = "finished";
            }
            sides.computeIfAbsent(side, key -> new ArrayList<>()).add(item.index());
        }
        return fault(group, sides);
    }

    /** Throws if the items, all of them waiting, do not wait at the same call of the same barrier. */
    static void requireSameBarrier(Group group) {
        WorkItem[] items = group.items();
        List<StackFrame> first = Objects.requireNonNull(items[0].site);
        for (WorkItem item : items) {
            if (!CallSites.same(first, Objects.requireNonNull(item.site))) {
                Map<String, List<Integer>> sides = new LinkedHashMap<>();
                for (WorkItem each : items) {
                    sides.computeIfAbsent("wait at " + waitingAt(each), key -> new ArrayList<>())
                            .add(each.index());
                }
                throw fault(group, sides);
            }
        }
    }

    private static String waitingAt(WorkItem item) {
        if (item.site != null) {
            return CallSites.describe(item.site);
        }
        String line =
                item.lane == null ? null : CallSites.describe(item.lane.thread().getStackTrace());
        return line == null ? "an unknown line" : line;
    }

    private static KernelFaultException fault(Group group, Map<String, List<Integer>> sides) {
        List<String> parts = new ArrayList<>();
        sides.forEach(
                (side, items) -> parts.add((items.size() == 1 ? "item " : "items ") + ranges(items) + " " + side));
        return new KernelFaultException(
                group.launch().name() + ", " + group.range().describeGroup(group.index()) + ": barrier divergence: "
                        + String.join("; ", parts),
                null);
    }

    /** {@code 0-3, 7} for 0, 1, 2, 3, 7. */
    private static String ranges(List<Integer> indices) {
        List<String> ranges = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= indices.size(); i++) {
            if (i == indices.size() || indices.get(i) != indices.get(i - 1) + 1) {
                int first = indices.get(start);
                int last = indices.get(i - 1);
                ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
                start = i;
            }
        }
        return String.join(", ", ranges);
    }
}
