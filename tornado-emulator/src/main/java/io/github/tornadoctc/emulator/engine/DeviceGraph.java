package io.github.tornadoctc.emulator.engine;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A graph that can be run: its tasks, and its arrays' memory on the device from one execution to the next. */
public final class DeviceGraph {
    private final String name;
    private final List<TaskSpec> tasks;
    private final IdentityHashMap<TornadoNativeArray, Transfers> transfers;
    private final IdentityHashMap<TornadoNativeArray, DeviceBuffer> buffers = new IdentityHashMap<>();
    private @Nullable GridScheduler grids;
    private boolean executed;
    private boolean captures;
    private @Nullable Capture capture;

    DeviceGraph(String name, List<TaskSpec> tasks, IdentityHashMap<TornadoNativeArray, Transfers> transfers) {
        this.name = name;
        this.tasks = tasks;
        this.transfers = transfers;
    }

    String name() {
        return name;
    }

    Collection<String> taskNames() {
        return tasks.stream().map(TaskSpec::name).toList();
    }

    void useGrids(@Nullable GridScheduler grids) {
        this.grids = grids;
    }

    /**
     * Has the first execution record what it launches and copies, and the later ones replay that. TornadoVM notices it
     * only when it first makes a plan of the graph, and is silent later; here that is an error.
     */
    void captureFirstExecution() {
        if (executed && !captures) {
            throw new TornadoRuntimeException("graph " + name
                    + " has been executed already: withCUDAGraph has an effect only before the first execution");
        }
        captures = true;
    }

    long deviceBytes() {
        return buffers.values().stream().mapToLong(DeviceBuffer::bytes).sum();
    }

    /** Gives the memory back that this graph has allocated; what it consumes belongs to another. */
    void free() {
        transfers.forEach((array, transfer) -> {
            DeviceBuffer buffer = buffers.get(array);
            if (buffer != null && !transfer.consumed) {
                buffer.freed = true;
            }
        });
        buffers.clear();
        capture = null;
    }

    /** Copies in, runs the tasks, copies out. */
    Profile execute(@Nullable DeviceGraph before) {
        requireTransfers();
        executed = true;
        long start = System.nanoTime();
        takeConsumed(before);
        allocate();
        long bytesIn = copyIn(missing());
        if (captures) {
            return executeCaptured(start, bytesIn);
        }
        bytesIn += copyIn(buffersOf(Transfers.In.ALWAYS));
        long copiedIn = System.nanoTime();
        long ran = copiedIn;
        Map<String, Long> taskNanos = new LinkedHashMap<>();
        for (TaskSpec task : tasks) {
            launchOf(task).run();
            long now = System.nanoTime();
            taskNanos.put(task.name(), now - ran);
            ran = now;
        }
        long bytesOut = copyOut(outputs());
        long end = System.nanoTime();
        return new Profile(end - start, taskNanos, copiedIn - start, end - ran, bytesIn, bytesOut);
    }

    /** As TornadoVM's profiler, which sees nothing of what is inside a captured graph. */
    private Profile executeCaptured(long start, long bytesIn) {
        long copiedIn = System.nanoTime();
        if (capture == null) {
            capture = new Capture(
                    name,
                    buffersOf(Transfers.In.ALWAYS),
                    tasks.stream().map(this::launchOf).toList(),
                    outputs());
        }
        capture.replay();
        return new Profile(System.nanoTime() - start, Map.of(), copiedIn - start, 0, bytesIn, 0);
    }

    private void requireTransfers() {
        for (TaskSpec task : tasks) {
            for (int i = 0; i < task.arguments().size(); i++) {
                if (task.arguments().get(i) instanceof TornadoNativeArray array && !transfers.containsKey(array)) {
                    throw new TornadoRuntimeException(task.name() + ": argument " + (i + 1) + ", " + describe(array)
                            + ", is named in none of the graph's transferToDevice, transferToHost, persistOnDevice and"
                            + " consumeFromDevice");
                }
            }
        }
    }

    /**
     * Finds what the graph consumes as TornadoVM does: only the graph run just before is asked, for the arrays that
     * name it as their source, or, where none does, for all. An array found once stays found.
     */
    private void takeConsumed(@Nullable DeviceGraph before) {
        if (before != null) {
            boolean named = transfers.values().stream().anyMatch(transfer -> transfer.sources.contains(before.name));
            transfers.forEach((array, transfer) -> {
                DeviceBuffer buffer = before.buffers.get(array);
                if (transfer.consumed && (!named || transfer.sources.contains(before.name)) && buffer != null) {
                    buffers.put(array, buffer);
                }
            });
        }
        transfers.forEach((array, transfer) -> {
            DeviceBuffer buffer = buffers.get(array);
            if (transfer.consumed && (buffer == null || buffer.freed)) {
                throw new TornadoRuntimeException("graph " + name + " consumes " + describe(array)
                        + " from the device, but "
                        + (before == null
                                ? "no execution came before"
                                : "the graph executed just before, " + before.name + ", has not left it there")
                        + "; the graph that has it must be the last one of the execution before this one");
            }
        });
    }

    private void allocate() {
        transfers.forEach((array, transfer) -> {
            if (!transfer.consumed && (isUsed(array) || transfer.in == Transfers.In.ALWAYS)) {
                buffers.computeIfAbsent(array, DeviceBuffer::new);
            }
        });
    }

    /** What is to be copied in once, and has not been yet. */
    private List<DeviceBuffer> missing() {
        return buffersOf(Transfers.In.ONCE).stream()
                .filter(buffer -> !buffer.isFilled())
                .toList();
    }

    /** The memory of all arrays that are copied in that way. */
    private List<DeviceBuffer> buffersOf(Transfers.In mode) {
        return transfers.entrySet().stream()
                .filter(entry -> !entry.getValue().consumed && entry.getValue().in == mode)
                .flatMap(entry -> Stream.ofNullable(buffers.get(entry.getKey())))
                .toList();
    }

    /** The memory of all arrays that are copied out. */
    private List<DeviceBuffer> outputs() {
        return transfers.entrySet().stream()
                .filter(entry -> entry.getValue().out && isUsed(entry.getKey()))
                .map(entry -> bufferOf(entry.getKey()))
                .toList();
    }

    private static long copyIn(List<DeviceBuffer> arrays) {
        arrays.forEach(DeviceBuffer::copyIn);
        return bytes(arrays);
    }

    private static long copyOut(List<DeviceBuffer> arrays) {
        arrays.forEach(DeviceBuffer::copyOut);
        return bytes(arrays);
    }

    private static long bytes(List<DeviceBuffer> arrays) {
        return arrays.stream().mapToLong(DeviceBuffer::bytes).sum();
    }

    private boolean isUsed(TornadoNativeArray array) {
        return tasks.stream().anyMatch(task -> task.uses(array));
    }

    /** A task on the grid and in the memory that it has now. */
    private TaskLaunch launchOf(TaskSpec task) {
        Object[] values = task.arguments().stream()
                .map(value -> value instanceof TornadoNativeArray array
                        ? bufferOf(array).device()
                        : value)
                .toArray();
        Arguments arguments = new Arguments(values);
        WorkerGrid grid = grids == null ? null : grids.get(task.name());
        if (!arguments.haveContext()) {
            return new TaskLaunch(task, arguments, null, buffersOf(task));
        }
        if (grid == null) {
            throw new TornadoRuntimeException(
                    task.name() + " has a KernelContext but no worker grid; give one with withGridScheduler");
        }
        return new TaskLaunch(task, arguments, new NdRange(task.name(), grid), buffersOf(task));
    }

    /** The array's memory on the device, where there is any. */
    @Nullable
    DeviceBuffer findBuffer(TornadoNativeArray array) {
        return buffers.get(array);
    }

    private Set<DeviceBuffer> buffersOf(TaskSpec task) {
        Set<DeviceBuffer> used = new LinkedHashSet<>();
        for (Object argument : task.arguments()) {
            if (argument instanceof TornadoNativeArray array) {
                used.add(bufferOf(array));
            }
        }
        return used;
    }

    private DeviceBuffer bufferOf(TornadoNativeArray array) {
        return Objects.requireNonNull(buffers.get(array));
    }

    static String describe(TornadoNativeArray array) {
        String type = array.getClass().getSimpleName();
        return (type.startsWith("Int") ? "an " : "a ") + type + " of " + array.getSize() + " elements";
    }
}
