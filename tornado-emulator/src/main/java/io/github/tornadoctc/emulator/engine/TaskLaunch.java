package io.github.tornadoctc.emulator.engine;

import io.github.tornadoctc.emulator.Emulator;
import io.github.tornadoctc.emulator.EmulatorOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task with all that it is launched with.
 *
 * @param arguments with the arrays' memory on the device
 * @param range its grid, or null for a task without a context, which runs on the calling thread
 * @param memory of the arrays
 */
record TaskLaunch(TaskSpec task, Arguments arguments, @Nullable NdRange range, Set<DeviceBuffer> memory) {

    void run() {
        EmulatorOptions options = Emulator.options();
        if (range != null && options.races()) {
            new WatchedLaunch(task, arguments, range, options, memory).run();
            return;
        }
        memory.forEach(DeviceBuffer::writtenUnwatched);
        if (range != null) {
            new Launch(task.name(), task.body(), arguments, range, options).run();
            return;
        }
        try {
            task.body().run(arguments.values());
        } catch (RuntimeException | Error e) {
            throw Faults.of(task.name(), arguments, e);
        }
    }
}
