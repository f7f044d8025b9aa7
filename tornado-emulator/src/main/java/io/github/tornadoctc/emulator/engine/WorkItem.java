package io.github.tornadoctc.emulator.engine;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One work-item of a running group: its place in the grid, and what its {@code KernelContext} asks of the group. */
public final class WorkItem {
    private final Group group;
    private final int index;
    private int allocations;
    private boolean atomic;
    private @Nullable Visit visit;

    /** The thread it runs on since it was started, or none. */
    @Nullable
    Lane lane;

    /** Whether it waits at a barrier. */
    boolean waiting;

    /** The barrier it waits at or has passed last, where the group records them. */
    @Nullable
    List<StackFrame> site;

    WorkItem(Group group, int index) {
        this.group = group;
        this.index = index;
    }

    Group group() {
        return group;
    }

    int index() {
        return index;
    }

    public int globalId(int d) {
        return groupId(d) * localSize(d) + localId(d);
    }

    public int groupId(int d) {
        return group.range().groupId(group.index(), d);
    }

    public int localId(int d) {
        return group.range().localId(index, d);
    }

    public int globalSize(int d) {
        return group.range().global(d);
    }

    public int localSize(int d) {
        return group.range().local(d);
    }

    /** Returns when every item of the group has come here; global memory need not be the same for all of them yet. */
    public void localBarrier() {
        group.launch().barrier(this, false);
    }

    /** Returns when every item of the group has come here, and sees what the others have written to global memory. */
    public void globalBarrier() {
        group.launch().barrier(this, true);
    }

    /** Runs {@code update}, whose accesses are one atomic operation. */
    public void atomically(Runnable update) {
        atomic = true;
        update.run();
        atomic = false;
    }

    boolean isAtomic() {
        return atomic;
    }

    /** Where in its life the item is now. */
    Visit visit() {
        if (visit == null || visit.phase() != group.phase()) {
            visit = new Visit(group.index(), index, group.phase(), group.fence());
        }
        return visit;
    }

    /** The group's local array that belongs to this item's next allocation. */
    public Object allocate(Class<?> type, int size) {
        return group.local().allocate(allocations++, type, size);
    }
}
