package io.github.tornadoctc.emulator.engine;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.KernelContext;

/** The arguments a launch calls its kernel with: device arrays and scalars, and a context that every item replaces. */
final class Arguments {
    private final Object[] values;
    private final int[] contextPositions;

    Arguments(Object[] values) {
        this.values = values.clone();
        int[] positions = new int[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof KernelContext) {
                positions[count++] = i;
            }
        }
        contextPositions = Arrays.copyOf(positions, count);
    }

    Object[] values() {
        return values.clone();
    }

    boolean haveContext() {
        return contextPositions.length > 0;
    }

    Object[] forItem(WorkItem item) {
        Object[] own = values.clone();
        KernelContext context = KernelContexts.create(item);
        for (int position : contextPositions) {
            own[position] = context;
        }
        return own;
    }

    /** The position of {@code argument}, counted from 1, or 0. */
    @SuppressWarnings("ReferenceEquality") // the very same array is meant
    int positionOf(Object argument) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == argument) {
                return i + 1;
            }
        }
        return 0;
    }
}
