package io.github.tornadoctc.emulator.engine;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One work-item of a running group: its place in the grid, and what its {@code KernelContext} asks of the group. */
public final class WorkItem {
    private final Group group;
    private final int index;
    private int allocations;

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

    /** Returns when every item of the group has come here. */
    public void barrier() {
        group.launch().barrier(this);
    }

    /** The group's local array that belongs to this item's next allocation. */
    public Object allocate(Class<?> type, int size) {
        return group.local().allocate(allocations++, type, size);
    }
}
