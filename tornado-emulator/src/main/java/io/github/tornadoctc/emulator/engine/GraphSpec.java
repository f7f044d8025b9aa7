package io.github.tornadoctc.emulator.engine;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A task graph under construction. */
public final class GraphSpec {
    private final String name;
    private final Map<String, TaskSpec> tasks = new LinkedHashMap<>();
    private final IdentityHashMap<TornadoNativeArray, Transfers> transfers = new IdentityHashMap<>();

    public GraphSpec(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public void addTask(String id, KernelBody body, @Nullable Object... arguments) {
        String task = name + "." + id;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                throw new TornadoTaskRuntimeException(task + ": argument " + (i + 1) + " is null");
            }
        }
        if (tasks.containsKey(id)) {
            throw new TornadoTaskRuntimeException("there are two tasks named " + task);
        }
        tasks.put(id, new TaskSpec(task, body, List.of(arguments)));
    }

    public void transferToDevice(int mode, @Nullable Object... objects) {
        requireMode(mode);
        forEachArray("transferToDevice", true, objects, array -> {
            Transfers transfer = transfersOf(array);
            if (mode == DataTransferMode.EVERY_EXECUTION) {
                transfer.in = Transfers.In.ALWAYS;
            } else if (mode == DataTransferMode.FIRST_EXECUTION && transfer.in == Transfers.In.NEVER) {
                transfer.in = Transfers.In.ONCE;
            }
        });
    }

    public void transferToHost(int mode, @Nullable Object... objects) {
        requireMode(mode);
        forEachArray(
                "transferToHost",
                false,
                objects,
                array -> transfersOf(array).out |= mode != DataTransferMode.UNDER_DEMAND);
    }

    public void persistOnDevice(@Nullable Object... objects) {
        forEachArray("persistOnDevice", false, objects, this::transfersOf);
    }

    public void consumeFromDevice(String source, @Nullable Object... objects) {
        forEachArray("consumeFromDevice", false, objects, array -> {
            Transfers transfer = transfersOf(array);
            transfer.consumed = true;
            transfer.sources.add(source);
        });
    }

    /** The graph as it is now, with no device memory yet. */
    public DeviceGraph snapshot() {
        IdentityHashMap<TornadoNativeArray, Transfers> copied = new IdentityHashMap<>();
        transfers.forEach((array, transfer) -> copied.put(array, transfer.copy()));
        return new DeviceGraph(name, List.copyOf(tasks.values()), copied);
    }

    private Transfers transfersOf(TornadoNativeArray array) {
        return transfers.computeIfAbsent(array, key -> new Transfers());
    }

    private void forEachArray(
            String what, boolean scalarsIgnored, @Nullable Object[] objects, Consumer<TornadoNativeArray> action) {
        for (int i = 0; i < objects.length; i++) {
            Object object = objects[i];
            // TornadoVM takes contexts and scalars too, and copies nothing.
            boolean nothingToCopy = object instanceof KernelContext || (scalarsIgnored && object instanceof Number);
            if (object instanceof TornadoNativeArray array) {
                action.accept(array);
            } else if (!nothingToCopy) {
                throw new TornadoRuntimeException(name + ": object " + (i + 1) + " of " + what + " is "
                        + (object == null ? "null" : "a " + object.getClass().getName())
                        + "; the emulator transfers native arrays");
            }
        }
    }

    private void requireMode(int mode) {
        if (mode < DataTransferMode.FIRST_EXECUTION || mode > DataTransferMode.UNDER_DEMAND) {
            throw new TornadoRuntimeException(name + ": " + mode + " is not a DataTransferMode");
        }
    }
}
