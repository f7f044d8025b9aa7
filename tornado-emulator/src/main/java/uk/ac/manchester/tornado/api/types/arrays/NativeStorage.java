package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray.ARRAY_HEADER;

import io.github.tornadoctc.emulator.engine.MemoryWatch;
import io.github.tornadoctc.emulator.engine.NativeArrayIndexException;
import io.github.tornadoctc.emulator.engine.Poison;
import io.github.tornadoctc.emulator.engine.Watching;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one native array. Every element access of a kernel goes through {@link #read} or {@link #write}: there
 * its index is checked, and there it is watched if the array is.
 */
final class NativeStorage {
    private static final long ALIGNMENT = 16;

    static {
        Watching.register((array, watch) -> array.storage().watch = watch);
    }

    final MemorySegment segment;
    final int size;
    private final int elementBytes;
    private final TornadoNativeArray owner;
    private @Nullable MemoryWatch watch;

    private NativeStorage(TornadoNativeArray owner, MemorySegment segment, int size, int elementBytes) {
        this.owner = owner;
        this.segment = segment;
        this.size = size;
        this.elementBytes = elementBytes;
        segment.set(JAVA_INT, 0, size);
    }

    static NativeStorage allocate(TornadoNativeArray owner, int size, int elementBytes) {
        if (size < 0) {
            throw new IllegalArgumentException("a native array cannot have " + size + " elements");
        }
        long bytes = ARRAY_HEADER + (long) size * elementBytes;
        MemorySegment segment = Arena.ofAuto().allocate(bytes, ALIGNMENT);
        NativeStorage storage = new NativeStorage(owner, segment, size, elementBytes);
        Poison.fill(owner.getClass(), storage.elements());
        return storage;
    }

    static NativeStorage wrap(TornadoNativeArray owner, MemorySegment segmentWithHeader, int elementBytes) {
        int size = elementsIn(segmentWithHeader.byteSize() - ARRAY_HEADER, elementBytes);
        return new NativeStorage(owner, segmentWithHeader, size, elementBytes);
    }

    static int elementsIn(long bytes, int elementBytes) {
        if (bytes < 0 || bytes % elementBytes != 0) {
            throw new IllegalArgumentException(
                    bytes + " bytes do not hold a whole number of elements of " + elementBytes + " bytes");
        }
        return Math.toIntExact(bytes / elementBytes);
    }

    static MemorySegment concat(int elementBytes, TornadoNativeArray... arrays) {
        long bytes = 0;
        for (TornadoNativeArray array : arrays) {
            bytes += array.getNumBytesOfSegment();
        }
        MemorySegment all = Arena.ofAuto().allocate(bytes, elementBytes);
        long position = 0;
        for (TornadoNativeArray array : arrays) {
            all.asSlice(position).copyFrom(array.getSegment());
            position += array.getNumBytesOfSegment();
        }
        return all;
    }

    /** Where element {@code index} is, for a read of it. */
    long read(int index) {
        long offset = offset(index);
        if (watch != null) {
            watch.read(index);
        }
        return offset;
    }

    /** Where element {@code index} is, for a write to it. */
    long write(int index) {
        long offset = offset(index);
        if (watch != null) {
            watch.write(index);
        }
        return offset;
    }

    private long offset(int index) {
        if (index < 0 || index >= size) {
            throw new NativeArrayIndexException(owner, index, size);
        }
        return ARRAY_HEADER + (long) index * elementBytes;
    }

    MemorySegment elements() {
        return segment.asSlice(ARRAY_HEADER);
    }

    MemorySegment slice(int offset, int length) {
        if (offset < 0 || length < 0 || (long) offset + length > size) {
            throw new IllegalArgumentException(
                    "elements " + offset + " to " + ((long) offset + length) + " of an array of " + size);
        }
        return elements().asSlice((long) offset * elementBytes, (long) length * elementBytes);
    }
}
