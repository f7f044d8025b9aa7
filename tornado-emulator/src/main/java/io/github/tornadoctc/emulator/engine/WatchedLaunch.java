package io.github.tornadoctc.emulator.engine;

import io.github.tornadoctc.emulator.EmulatorOptions;
import io.github.tornadoctc.emulator.KernelFaultException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A launch whose accesses to native arrays are watched. To remember the line of every access would make it many times
 * slower, so a launch that ends at a race runs once more from where it began, in the same order, and remembers those
 * of the one element.
 */
final class WatchedLaunch {
    private final TaskSpec task;
    private final Arguments arguments;
    private final NdRange range;
    private final EmulatorOptions options;
    private final List<DeviceBuffer> buffers;

    WatchedLaunch(
            TaskSpec task,
            Arguments arguments,
            NdRange range,
            EmulatorOptions options,
            Collection<DeviceBuffer> buffers) {
        this.task = task;
        this.arguments = arguments;
        this.range = range;
        this.options = options;
        this.buffers = List.copyOf(buffers);
    }

    /** An element of one of the arrays. */
    private record Place(DeviceBuffer buffer, int index) {}

    void run() {
        List<byte[]> before = buffers.stream()
                .map(buffer -> buffer.device().getSegment().toArray(ValueLayout.JAVA_BYTE))
                .toList();
        List<MemoryWatch> watches = new ArrayList<>();
        try {
            run(watches, null);
        } catch (KernelFaultException e) {
            for (int i = 0; i < buffers.size(); i++) {
                if (watches.get(i).racedAt() != MemoryWatch.NOWHERE) {
                    restore(before);
                    run(
                            new ArrayList<>(),
                            new Place(buffers.get(i), watches.get(i).racedAt()));
                }
            }
            throw e;
        }
    }

    private void run(List<MemoryWatch> watches, @Nullable Place traced) {
        Launch launch = new Launch(task.name(), task.body(), arguments, range, options);
        for (DeviceBuffer buffer : buffers) {
            TornadoNativeArray array = buffer.device();
            String name = array.getClass().getSimpleName() + " of " + array.getSize() + " elements, argument "
                    + arguments.positionOf(array);
            int index = traced != null && traced.buffer == buffer ? traced.index : MemoryWatch.NOWHERE;
            MemoryWatch watch = new MemoryWatch(launch, array, name, buffer.written(), index);
            watches.add(watch);
            Watching.set(array, watch);
        }
        try {
            launch.run();
        } finally {
            buffers.forEach(buffer -> Watching.set(buffer.device(), null));
        }
    }

    private void restore(List<byte[]> contents) {
        for (int i = 0; i < buffers.size(); i++) {
            buffers.get(i).device().getSegment().copyFrom(MemorySegment.ofArray(contents.get(i)));
        }
    }
}
