package io.github.tornadoctc.emulator.engine;

import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A task as it was added to a graph: its full name, its code, and the host's arguments. */
record TaskSpec(String name, KernelBody body, List<Object> arguments) {
    TaskSpec {
        for (int i = 0; i < arguments.size(); i++) {
            Object argument = arguments.get(i);
            boolean known = argument instanceof TornadoNativeArray
                    || argument instanceof KernelContext
                    || argument instanceof Number
                    || argument instanceof Boolean
                    || argument instanceof Character;
            if (!known) {
                throw new TornadoTaskRuntimeException(name + ": argument " + (i + 1) + " is a "
                        + argument.getClass().getName()
                        + "; the emulator takes native arrays, scalars and a KernelContext");
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very same array is meant
    boolean uses(Object array) {
        return arguments.stream().anyMatch(argument -> argument == array);
    }
}
