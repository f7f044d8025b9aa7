package io.github.tornadoctc.emulator.engine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that runs work-items. Of a launch's lanes one at a time has the baton and runs; the others are
 * parked, inside an item's barrier or without an item. What the lanes share is plain memory: taking the baton makes
 * everything visible that was written before it was given.
 */
final class Lane implements Runnable {
    private final Launch launch;
    private final Thread thread;
    private volatile boolean baton;

    /** What to run when the baton comes. */
    @Nullable
    WorkItem assigned;

    Lane(Launch launch, WorkItem first, int number) {
        this.launch = launch;
        assigned = first;
        thread = Thread.ofVirtual().name("emulator-lane-" + number).unstarted(this);
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void run() {
        launch.options().run(() -> launch.drive(this));
    }

    void start() {
        thread.start();
    }

    void giveBaton() {
        baton = true;
        LockSupport.unpark(thread);
    }

    /** Parks until the baton comes or the launch is over. */
    void awaitBaton() {
        while (!baton && !launch.isOver()) {
            LockSupport.park(this);
        }
        baton = false;
    }
}
