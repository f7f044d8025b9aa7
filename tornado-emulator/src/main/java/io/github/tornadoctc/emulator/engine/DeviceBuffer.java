package io.github.tornadoctc.emulator.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** An array's memory on the device: a copy of its own, poisoned until something is copied or written there. */
final class DeviceBuffer {
    private static final long ALIGNMENT = 16;

    private final TornadoNativeArray host;
    private final TornadoNativeArray device;

    /** Whether the host's contents have been copied in. */
    private boolean filled;

    /** Whether the memory was given back, by the graph that allocated it. */
    boolean freed;

    /** The elements copied or written to so far; {@code null} if an unwatched launch may have written any. */
    private @Nullable BitSet written = new BitSet();

    DeviceBuffer(TornadoNativeArray host) {
        this.host = host;
        MemorySegment segment = Arena.ofAuto().allocate(host.getNumBytesOfSegmentWithHeader(), ALIGNMENT);
        device = sameType(host, segment);
        Poison.fill(host.getClass(), device.getSegment());
    }

    private static TornadoNativeArray sameType(TornadoNativeArray array, MemorySegment segment) {
        if (array instanceof FloatArray) {
            return FloatArray.fromSegmentShallow(segment);
        }
        if (array instanceof IntArray) {
            return IntArray.fromSegmentShallow(segment);
        }
        if (array instanceof DoubleArray) {
            return DoubleArray.fromSegmentShallow(segment);
        }
        if (array instanceof LongArray) {
            return LongArray.fromSegmentShallow(segment);
        }
        if (array instanceof ShortArray) {
            return ShortArray.fromSegmentShallow(segment);
        }
        if (array instanceof ByteArray) {
            return ByteArray.fromSegmentShallow(segment);
        }
        if (array instanceof HalfFloatArray) {
            return HalfFloatArray.fromSegmentShallow(segment);
        }
        return BFloat16Array.fromSegmentShallow(segment);
    }

    TornadoNativeArray device() {
        return device;
    }

    @Nullable
    BitSet written() {
        return written;
    }

    /** Called for a launch that is not watched. */
    void writtenUnwatched() {
        written = null;
    }

    boolean isFilled() {
        return filled;
    }

    long bytes() {
        return device.getNumBytesOfSegmentWithHeader();
    }

    void copyIn() {
        device.getSegment().copyFrom(host.getSegment());
        filled = true;
        if (written != null) {
            written.set(0, device.getSize());
        }
    }

    void copyOut() {
        host.getSegment().copyFrom(device.getSegment());
    }

    /** Copies {@code bytes} back from {@code offset} on, which counts the header. */
    void copyOut(long offset, long bytes) {
        MemorySegment.copy(device.getSegmentWithHeader(), offset, host.getSegmentWithHeader(), offset, bytes);
    }
}
