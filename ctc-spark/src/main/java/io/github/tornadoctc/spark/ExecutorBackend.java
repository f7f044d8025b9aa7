package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcConfiguration;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The backend of this JVM, which is an executor or, in local mode, the driver: opened by the first task that needs it,
 * shared by all, and closed when the JVM ends. With it goes the memory for batches, which tasks lend; a device readies
 * itself for each piece of it, so it is kept.
 */
final class ExecutorBackend {
    private static final Map<String, ExecutorBackend> OPEN = new HashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ExecutorBackend::closeAll, "ctc-close"));
    }

    private final CtcBackend backend;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> idle = new ArrayList<>();

    private ExecutorBackend(CtcBackend backend) {
        this.backend = backend;
    }

    /**
     * The backend of that name.
     *
     * @param threads that a task has; tasks run side by side, so the backend takes no more for a call
     * @throws io.github.tornadoctc.BackendUnavailableException if it cannot be used in this JVM
     * @throws IllegalArgumentException if there is none of that name
     */
    static ExecutorBackend of(String name, int threads) {
        synchronized (OPEN) {
            ExecutorBackend open = OPEN.get(name);
            if (open == null) {
                open = new ExecutorBackend(
                        CtcBackends.open(name, CtcConfiguration.defaults().withMaxThreads(threads)));
                OPEN.put(name, open);
            }
            return open;
        }
    }

    CtcBackend backend() {
        return backend;
    }

    /** Memory for at least so many bytes, to be given back. */
    MemorySegment lend(long bytes) {
        synchronized (idle) {
            for (MemorySegment piece : idle) {
                if (piece.byteSize() >= bytes) {
                    idle.remove(piece);
                    return piece;
                }
            }
        }
        return backend.allocate(Math.ceilDiv(bytes, Float.BYTES), arena);
    }

    void giveBack(MemorySegment piece) {
        synchronized (idle) {
            idle.add(piece);
        }
    }

    private static void closeAll() {
        synchronized (OPEN) {
            OPEN.values().forEach(each -> each.backend.close());
            OPEN.clear();
        }
    }
}
