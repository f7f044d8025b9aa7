package io.github.tornadoctc.emulator.engine;

import io.github.tornadoctc.emulator.KernelFaultException;
import org.jspecify.annotations.Nullable;

/** Says where in which kernel something went wrong. */
final class Faults {
    private Faults() {}

    /** What {@code item} threw. */
    static KernelFaultException of(Launch launch, @Nullable WorkItem item, Arguments arguments, Throwable thrown) {
        String place = launch.name();
        if (item != null) {
            place += ", " + launch.range().describeGroup(item.group().index()) + ", "
                    + launch.range().describeItem(item.index());
        }
        return of(place, arguments, thrown);
    }

    /** What a task threw. */
    static KernelFaultException of(String place, Arguments arguments, Throwable thrown) {
        StringBuilder message = new StringBuilder(place).append(": ").append(describe(thrown));
        if (thrown instanceof NativeArrayIndexException outside) {
            int position = arguments.positionOf(outside.array());
            if (position > 0) {
                message.append(", argument ").append(position);
            }
        }
        String line = CallSites.describe(thrown.getStackTrace());
        if (line != null) {
            message.append(", at ").append(line);
        }
        return new KernelFaultException(message.toString(), thrown);
    }

    private static String describe(Throwable thrown) {
        String text = thrown.getMessage();
        if (text == null) {
            return thrown.getClass().getSimpleName();
        }
        boolean ours = thrown.getClass().getName().startsWith("uk.ac.manchester.tornado.api.")
                || thrown instanceof NativeArrayIndexException;
        return ours ? text : thrown.getClass().getSimpleName() + ": " + text;
    }
}
