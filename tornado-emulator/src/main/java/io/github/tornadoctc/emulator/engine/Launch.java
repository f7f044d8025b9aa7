package io.github.tornadoctc.emulator.engine;

import io.github.tornadoctc.emulator.EmulatorOptions;
import io.github.tornadoctc.emulator.KernelFaultException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One launch of a kernel over a grid: group after group, the items of a group by turns.
 *
 * <p>An item that meets no barrier costs no thread: the lane that has finished it runs the next one. An item that
 * meets one keeps its lane, parked there with the item's stack, and the next item starts on another lane; so a group
 * has as many lanes as items that wait, and the following groups use them again. Whoever has the baton decides, in
 * {@link #advance}, which item is next, and hands the baton over, so a barrier is one switch per item.
 */
final class Launch {
    private final String name;
    private final KernelBody body;
    private final Arguments arguments;
    private final NdRange range;
    private final EmulatorOptions options;
    private final Random random;
    private final int[] groupSequence;
    private final List<Lane> lanes = new ArrayList<>();
    private final Deque<Lane> idle = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean cancelled;
    private int startedGroups;
    private @Nullable Group group;
    private @Nullable WorkItem running;
    private @Nullable KernelFaultException fault;

    Launch(String name, KernelBody body, Arguments arguments, NdRange range, EmulatorOptions options) {
        this.name = name;
        this.body = body;
        this.arguments = arguments;
        this.range = range;
        this.options = options;
        random = options.order().random();
        groupSequence = new int[range.groupCount()];
        options.order().arrange(groupSequence, random);
    }

    String name() {
        return name;
    }

    NdRange range() {
        return range;
    }

    EmulatorOptions options() {
        return options;
    }

    /** The item that has the baton, for what it calls. */
    WorkItem running() {
        return Objects.requireNonNull(running);
    }

    /** Runs the kernel; returns or throws when none of its threads is left. */
    void run() {
        WorkItem first = advance();
        if (first != null) {
            startLane(first);
        }
        boolean interrupted = awaitLanes();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (fault != null) {
            throw fault;
        }
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /** The life of a lane. */
    void drive(Lane lane) {
        WorkItem item = lane.assigned;
        try {
            while (item != null) {
                item.lane = lane;
                running = item;
                body.run(arguments.forItem(item));
                if (isOver()) {
                    return; // the kernel has caught what was to end it
                }
                item.group().finish(item);
                item = follow(lane, advance());
            }
        } catch (LaunchOver e) {
            // Another item has ended the launch.
        } catch (Throwable e) { // whatever a kernel may throw
            end(e instanceof KernelFaultException known ? known : Faults.of(this, item, arguments, e));
        }
    }

    /** Makes {@code item} wait until all others of its group have come to a barrier. */
    void barrier(WorkItem item, boolean global) {
        if (isOver()) {
            throw new LaunchOver();
        }
        item.group().arrive(item, global);
        WorkItem next = advance();
        Lane lane = item.lane;
        if (next == item || next == null || lane == null) {
            return;
        }
        if (next.lane != null) {
            next.lane.giveBaton();
        } else if (idle.isEmpty()) {
            startLane(next);
        } else {
            Lane rested = idle.removeLast();
            rested.assigned = next;
            rested.giveBaton();
        }
        lane.awaitBaton();
        if (isOver()) {
            throw new LaunchOver();
        }
        running = item;
    }

    /** The item to run now, or {@code null} when the grid is done. */
    private @Nullable WorkItem advance() {
        if (cancelled) {
            throw new KernelFaultException(name + ": interrupted", null);
        }
        WorkItem next = group == null ? null : group.next();
        while (next == null && startedGroups < groupSequence.length) {
            boolean recordsSites = options.checks() || startedGroups == 0;
            group = new Group(this, groupSequence[startedGroups++], recordsSites, options.order(), random);
            next = group.next();
        }
        return next;
    }

    /** What a lane without an item does: the next item, or a rest until there is one for it. */
    private @Nullable WorkItem follow(Lane lane, @Nullable WorkItem next) {
        if (next == null) {
            end(null);
            return null;
        }
        if (next.lane == null) {
            return next;
        }
        lane.assigned = null;
        idle.addLast(lane);
        next.lane.giveBaton();
        lane.awaitBaton();
        return isOver() ? null : lane.assigned;
    }

    private void startLane(WorkItem item) {
        Lane lane = new Lane(this, item, lanes.size());
        lanes.add(lane);
        lane.start();
    }

    private void end(@Nullable KernelFaultException fault) {
        this.fault = fault;
        over.countDown();
        lanes.forEach(Lane::giveBaton);
    }

    /** Waits for every lane's end; an interrupt cancels the launch at its next barrier. */
    private boolean awaitLanes() {
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                for (Lane lane : lanes) {
                    lane.thread().join();
                }
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                cancelled = true;
            }
        }
    }

    /** Ends a kernel that waits at a barrier no one will come to any more. */
    private static final class LaunchOver extends Error {
        private static final long serialVersionUID = 1L;

        LaunchOver() {
            super(null, null, false, false);
        }
    }
}
