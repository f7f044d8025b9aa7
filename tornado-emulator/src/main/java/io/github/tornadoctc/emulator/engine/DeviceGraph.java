package io.github.tornadoctc.emulator.engine;

import io.github.tornadoctc.emulator.Emulator;
import io.github.tornadoctc.emulator.EmulatorOptions;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    }

    /** Copies in, runs the tasks, copies out. */
    Profile execute(@Nullable DeviceGraph before) {
        requireTransfers();
        long start = System.nanoTime();
        takeConsumed(before);
        long bytesIn = copyIn();
        long copiedIn = System.nanoTime();
        long ran = copiedIn;
        Map<String, Long> taskNanos = new LinkedHashMap<>();
        for (TaskSpec task : tasks) {
            launch(task);
            long now = System.nanoTime();
            taskNanos.put(task.name(), now - ran);
            ran = now;
        }
        long bytesOut = copyOut();
        long end = System.nanoTime();
        return new Profile(end - start, taskNanos, copiedIn - start, end - ran, bytesIn, bytesOut);
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

    private long copyIn() {
        long bytes = 0;
        for (Map.Entry<TornadoNativeArray, Transfers> entry : transfers.entrySet()) {
            TornadoNativeArray array = entry.getKey();
            Transfers transfer = entry.getValue();
            if (transfer.consumed || !(isUsed(array) || transfer.in == Transfers.In.ALWAYS)) {
                continue;
            }
            DeviceBuffer buffer = buffers.computeIfAbsent(array, DeviceBuffer::new);
            if (transfer.in == Transfers.In.ALWAYS || (transfer.in == Transfers.In.ONCE && !buffer.isFilled())) {
                buffer.copyIn();
                bytes += buffer.bytes();
            }
        }
        return bytes;
    }

    private long copyOut() {
        long bytes = 0;
        for (Map.Entry<TornadoNativeArray, Transfers> entry : transfers.entrySet()) {
            if (entry.getValue().out && isUsed(entry.getKey())) {
                DeviceBuffer buffer = bufferOf(entry.getKey());
                buffer.copyOut();
                bytes += buffer.bytes();
            }
        }
        return bytes;
    }

    private boolean isUsed(TornadoNativeArray array) {
        return tasks.stream().anyMatch(task -> task.uses(array));
    }

    private void launch(TaskSpec task) {
        Object[] values = task.arguments().stream()
                .map(value -> value instanceof TornadoNativeArray array
                        ? bufferOf(array).device()
                        : value)
                .toArray();
        Arguments arguments = new Arguments(values);
        WorkerGrid grid = grids == null ? null : grids.get(task.name());
        if (arguments.haveContext()) {
            if (grid == null) {
                throw new TornadoRuntimeException(
                        task.name() + " has a KernelContext but no worker grid; give one with withGridScheduler");
            }
            NdRange range = new NdRange(task.name(), grid);
            EmulatorOptions options = Emulator.options();
            if (options.races()) {
                new WatchedLaunch(task, arguments, range, options, buffersOf(task)).run();
            } else {
                buffersOf(task).forEach(DeviceBuffer::writtenUnwatched);
                new Launch(task.name(), task.body(), arguments, range, options).run();
            }
            return;
        }
        buffersOf(task).forEach(DeviceBuffer::writtenUnwatched);
        try {
            task.body().run(arguments.values());
        } catch (RuntimeException | Error e) {
            throw Faults.of(task.name(), arguments, e);
        }
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
