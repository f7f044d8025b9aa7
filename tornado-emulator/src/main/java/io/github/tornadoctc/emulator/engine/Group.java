package io.github.tornadoctc.emulator.engine;

import io.github.tornadoctc.emulator.WorkItemOrder;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A running work-group. Its life is a row of phases, each from one barrier to the next; in a phase every item runs
 * once, in the order asked for.
 */
final class Group {
    private final Launch launch;
    private final int index;
    private final boolean recordsSites;
    private final LocalMemory local = new LocalMemory();
    private final WorkItem[] items;
    private final int[] sequence;
    private final WorkItemOrder order;
    private final Random random;
    private int phase;
    private int fence;
    private boolean fencing = true;
    private int cursor;
    private int finished;

    Group(Launch launch, int index, boolean recordsSites, WorkItemOrder order, Random random) {
        this.launch = launch;
        this.index = index;
        this.recordsSites = recordsSites;
        this.order = order;
        this.random = random;
        items = new WorkItem[launch.range().groupItems()];
        for (int i = 0; i < items.length; i++) {
            items[i] = new WorkItem(this, i);
        }
        sequence = new int[items.length];
        order.arrange(sequence, random);
    }

    Launch launch() {
        return launch;
    }

    int index() {
        return index;
    }

    NdRange range() {
        return launch.range();
    }

    LocalMemory local() {
        return local;
    }

    WorkItem[] items() {
        return items;
    }

    /** How many barriers the group has passed. */
    int phase() {
        return phase;
    }

    /** How many of them were global ones, which alone order accesses to global memory. */
    int fence() {
        return fence;
    }

    /** Called at the end of an item. */
    void finish(WorkItem item) {
        item.lane = null;
        finished++;
    }

    /** Called where an item comes to a barrier. */
    void arrive(WorkItem item, boolean global) {
        fencing &= global;
        item.waiting = true;
        if (recordsSites) {
            item.site = CallSites.current();
        }
    }

    /** The item to run now, or {@code null} when all have finished. */
    @Nullable
    WorkItem next() {
        if (cursor == sequence.length) {
            if (finished == items.length) {
                return null;
            }
            if (finished > 0) {
                throw Divergence.finishedWithoutBarrier(this);
            }
            if (recordsSites) {
                Divergence.requireSameBarrier(this);
            }
            phase++;
            fence += fencing ? 1 : 0;
            fencing = true;
            order.arrange(sequence, random);
            cursor = 0;
        }
        WorkItem item = items[sequence[cursor++]];
        item.waiting = false;
        return item;
    }
}
