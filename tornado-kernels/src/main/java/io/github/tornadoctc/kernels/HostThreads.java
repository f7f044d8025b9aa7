package io.github.tornadoctc.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads of the host that do one thing together, the caller among them. Copies need them: one thread reaches a tenth of
 * what the memory of a server can do, and less than its bus to a GPU.
 */
final class HostThreads implements AutoCloseable {
    /** The caller alone. */
    static final HostThreads NONE = new HostThreads(1);

    /** Below as many bytes for each, more threads are no faster. */
    private static final long LEAST_BYTES = 1 << 19;

    /** Ranges begin at multiples of as many bytes, a cache line. */
    private static final long LINE = 64;

    private final int count;
    private final @Nullable ExecutorService others;
    private final AtomicLong bytes = new AtomicLong();

    /** Work on bytes from one index to another. */
    interface Range {
        /** Does it; how many bytes there was something to do with. */
        long of(long from, long to);
    }

    /** So many threads, the caller's included. */
    HostThreads(int count) {
        this.count = count;
        this.others = count == 1
                ? null
                : Executors.newFixedThreadPool(
                        count - 1,
                        Thread.ofPlatform().daemon().name("ctc-host-", 0).factory());
    }

    /** Has the bytes from 0 on worked on in ranges, each by one thread, and waits for all. */
    void split(long length, Range work) {
        int ranges = Math.clamp(length / LEAST_BYTES, 1, count);
        each(ranges, range -> bytes.addAndGet(work.of(begin(range, ranges, length), begin(range + 1, ranges, length))));
    }

    private static long begin(int range, int ranges, long length) {
        return range == ranges ? length : length / ranges * range / LINE * LINE;
    }

    /** The bytes of all calls of {@link #split} so far that there was something to do with. */
    long bytes() {
        return bytes.get();
    }

    /**
     * Runs tasks 0 to {@code tasks} − 1, the first on the caller's thread, and waits for all; no more of them than there
     * are threads run at once.
     *
     * @throws RuntimeException that of a task that has failed, once all have ended
     */
    void each(int tasks, IntConsumer task) {
        if (others == null || tasks == 1) {
            for (int i = 0; i < tasks; i++) {
                task.accept(i);
            }
            return;
        }
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 1; i < tasks; i++) {
            int other = i;
            running.add(CompletableFuture.runAsync(() -> task.accept(other), others));
        }
        CompletableFuture<Void> own = new CompletableFuture<>();
        try {
            task.accept(0);
            own.complete(null);
        } catch (RuntimeException | Error e) {
            own.completeExceptionally(e);
        }
        running.addFirst(own);
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** A task on one of several threads, which are counted from 0 on. */
    interface Task {
        void of(int thread, int task);
    }

    /** Runs tasks 0 to {@code tasks} − 1 on so many threads, each of which takes the next one that nobody has taken. */
    void share(int threads, int tasks, Task work) {
        AtomicInteger next = new AtomicInteger();
        each(threads, thread -> {
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                work.of(thread, task);
            }
        });
    }

    @Override
    public void close() {
        if (others != null) {
            others.shutdown();
        }
    }
}
