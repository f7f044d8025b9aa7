package io.github.tornadoctc.emulator.engine;

import io.github.tornadoctc.emulator.KernelFaultException;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Watches one array on the device for one launch: who comes to which element, and whether there is anything in it.
 *
 * <p>Two work-items of a group have an order only if a global barrier lies between them: a local barrier is one for
 * local memory alone, as in OpenCL. Those of different groups have none.
 */
public final class MemoryWatch {
    /** For a watch that is to remember no element's lines. */
    static final int NOWHERE = -1;

    private static final Access[] ACCESSES = Access.values();

    private final Launch launch;
    private final TornadoNativeArray array;
    private final String name;
    private final @Nullable BitSet written;
    private final int traced;
    private final Map<Access, Visits> visits = new EnumMap<>(Access.class);
    private final Map<Trace, String> lines = new HashMap<>();
    private int racedAt = NOWHERE;

    /**
     * @param name of the array in messages
     * @param written elements that hold something, or {@code null} if that is not known
     * @param traced the element to remember for it the line of every access, which costs too much for all of them
     */
    MemoryWatch(Launch launch, TornadoNativeArray array, String name, @Nullable BitSet written, int traced) {
        this.launch = launch;
        this.array = array;
        this.name = name;
        this.written = written;
        this.traced = traced;
    }

    /** The last access of its kind in a visit to the element whose lines are remembered. */
    private record Trace(Access access, Visit visit) {}

    public void read(int index) {
        WorkItem item = launch.running();
        if (written != null && !written.get(index)) {
            throw fault(item, "reads", index, ", which nothing was written to");
        }
        touch(item, item.isAtomic() ? Access.ATOMIC : Access.READ, index);
    }

    public void write(int index) {
        WorkItem item = launch.running();
        touch(item, item.isAtomic() ? Access.ATOMIC : Access.WRITE, index);
        if (written != null) {
            written.set(index);
        }
    }

    /** The element that two work-items came to with nothing to order them, or {@link #NOWHERE}. */
    int racedAt() {
        return racedAt;
    }

    private void touch(WorkItem item, Access access, int index) {
        Visit visit = item.visit();
        for (Access kind : ACCESSES) {
            Visits before = access.conflictsWith(kind) ? visits.get(kind) : null;
            Visit unordered = before == null ? null : before.unorderedWith(visit, index);
            if (unordered != null) {
                racedAt = index;
                throw fault(item, access.now, index, describeRace(visit, kind, unordered));
            }
        }
        visits.computeIfAbsent(access, key -> new Visits(array.getSize())).add(visit, index);
        if (index == traced) {
            lines.put(new Trace(access, visit), CallSites.describe(CallSites.current()));
        }
    }

    private String describeRace(Visit visit, Access kind, Visit before) {
        NdRange range = launch.range();
        boolean sameGroup = before.group() == visit.group();
        String who = range.describeItem(before.item());
        if (!sameGroup) {
            who += " of " + range.describeGroup(before.group());
        }
        String line = lines.get(new Trace(kind, before));
        String why;
        if (!sameGroup) {
            why = "groups of a launch come in no order";
        } else if (before.phase() == visit.phase()) {
            why = "there is no barrier between";
        } else {
            why = "there is no globalBarrier between, and localBarrier is for local memory alone";
        }
        return ", which " + who + " " + kind.before + (line == null ? "" : " at " + line) + ": a race, " + why;
    }

    private KernelFaultException fault(WorkItem item, String does, int index, String what) {
        NdRange range = launch.range();
        String place = launch.name() + ", " + range.describeGroup(item.group().index()) + ", "
                + range.describeItem(item.index());
        String line = CallSites.describe(CallSites.current());
        return new KernelFaultException(
                place + ": " + does + " element " + index + " of " + name + ", at " + line + what, null);
    }
}
