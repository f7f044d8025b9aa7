package io.github.tornadoctc.cpu;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the items of a task on the calling thread and on helpers from a pool. The caller works too and never waits for
 * a helper that has not begun, so a pool that is busy, or the caller's own, costs time but cannot block.
 */
final class Crew implements AutoCloseable {
    private final int threads;
    private final Executor pool;
    private final Supplier<Kernels> kernels;
    private final LongConsumer counter;
    private final ArrayDeque<Worker> idle = new ArrayDeque<>();
    private boolean closed;

    Crew(int threads, Executor pool, Kernels kernels) {
        this(threads, pool, () -> kernels);
    }

    Crew(int threads, Executor pool, Supplier<Kernels> kernels) {
        this(threads, pool, kernels, nanos -> {});
    }

    /**
     * A crew without workers as yet.
     *
     * @param kernels what to compute with, asked again and again
     * @param counter is told how many nanoseconds each call of the backend has taken
     */
    Crew(int threads, Executor pool, Supplier<Kernels> kernels, LongConsumer counter) {
        this.threads = threads;
        this.pool = pool;
        this.kernels = kernels;
        this.counter = counter;
    }

    /** One item of a task; items share nothing that another one writes. */
    interface Task {
        void run(Worker worker, int item);
    }

    /** What to compute with now. */
    Kernels kernels() {
        return kernels.get();
    }

    /** Counts what a call of the backend has taken since {@link System#nanoTime} was that. */
    void count(long start) {
        counter.accept(System.nanoTime() - start);
    }

    int threads() {
        return threads;
    }

    /** A worker for this thread, to be given back. */
    synchronized Worker take() {
        if (closed) {
            throw new IllegalStateException("the backend is closed");
        }
        Worker worker = idle.pollLast();
        return worker == null ? new Worker(kernels()) : worker;
    }

    synchronized void give(Worker worker) {
        if (!closed) {
            idle.addLast(worker);
        }
    }

    /** Lets go of all workers; those at work go when they are given back. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.clear();
    }

    /** Runs items 0 to {@code items} − 1 in any order and on any thread; returns when all are done. */
    void run(Worker own, int items, Task task) {
        int helpers = Math.min(threads, items) - 1;
        if (helpers <= 0) {
            for (int item = 0; item < items; item++) {
                task.run(own, item);
            }
            return;
        }
        Shift shift = new Shift(items, task, Thread.currentThread());
        try {
            for (int i = 0; i < helpers; i++) {
                pool.execute(shift);
            }
        } catch (RejectedExecutionException e) {
            // then with fewer
        }
        shift.work(own);
        shift.close();
    }

    /** One call of {@link #run}. As a Runnable, what a helper does of it. */
    private final class Shift implements Runnable {
        /** Added to {@link #helping} once no more helpers are let in. */
        private static final int CLOSED = Integer.MIN_VALUE;

        private final int items;
        private final Task task;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger helping = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Shift(int items, Task task, Thread caller) {
            this.items = items;
            this.task = task;
            this.caller = caller;
        }

        @Override
        public void run() {
            if (helping.getAndUpdate(n -> n < 0 ? n : n + 1) < 0) {
                return;
            }
            try {
                Worker worker = take();
                work(worker);
                give(worker);
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            } finally {
                if (helping.decrementAndGet() == CLOSED) {
                    LockSupport.unpark(caller);
                }
            }
        }

        void work(Worker worker) {
            try {
                for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
                    task.run(worker, item);
                }
            } catch (RuntimeException | Error e) {
                // nobody begins another item
                next.set(items);
                failure.compareAndSet(null, e);
            }
        }

        void close() {
            helping.addAndGet(CLOSED);
            boolean interrupted = false;
            for (int spins = 0; helping.get() != CLOSED; spins++) {
                if (spins < 1000) {
                    // helpers finish within an item of each other, mostly sooner than a thread sleeps and wakes
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw (RuntimeException) thrown;
            }
        }
    }
}
