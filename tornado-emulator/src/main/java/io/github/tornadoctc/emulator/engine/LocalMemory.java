package io.github.tornadoctc.emulator.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.HalfFloat;

/** The local arrays of one work-group: the n-th allocation of every work-item is the same array. */
final class LocalMemory {
    private static final Map<Class<?>, Integer> ELEMENT_BYTES =
            Map.of(byte.class, 1, HalfFloat.class, 2, int.class, 4, float.class, 4, long.class, 8, double.class, 8);

    private record Allocation(Class<?> type, int size, Object array) {
        @Override
        public String toString() {
            return type.getSimpleName() + "[" + size + "]";
        }
    }

    private final List<Allocation> allocations = new ArrayList<>();
    private long bytes;

    Object allocate(int ordinal, Class<?> type, int size) {
        if (ordinal < allocations.size()) {
            Allocation first = allocations.get(ordinal);
            if (first.type != type || first.size != size) {
                throw new TornadoRuntimeException("divergent allocation: local array " + (ordinal + 1) + " is "
                        + type.getSimpleName() + "[" + size + "] here and " + first + " in another item of the group");
            }
            return first.array;
        }
        if (size < 0) {
            throw new TornadoRuntimeException("a local array cannot have " + size + " elements");
        }
        bytes += (long) size * Objects.requireNonNull(ELEMENT_BYTES.get(type));
        if (bytes > EmulatedDevice.LOCAL_MEMORY_BYTES) {
            throw new TornadoRuntimeException("the group's local arrays take " + bytes + " bytes, the device has "
                    + EmulatedDevice.LOCAL_MEMORY_BYTES);
        }
        Allocation allocation = new Allocation(type, size, Poison.newArray(type, size));
        allocations.add(allocation);
        return allocation.array;
    }
}
