package io.github.tornadoctc.kernels;

import io.github.tornadoctc.kernels.DeviceBuffer.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** The arrays of an operation that live on the device alone: those that its kernels hand to each other. */
final class Workspace {
    private final Map<DeviceBuffer, Object> arrays = new HashMap<>();

    /** An array, or two, for every workspace buffer of a capacity. */
    Workspace(Capacity capacity) {
        for (DeviceBuffer buffer : capacity.buffers()) {
            if (buffer.isWorkspace()) {
                arrays.put(buffer, array(buffer.element(), capacity.length(buffer)));
            }
        }
    }

    private static Object array(Element element, int length) {
        return switch (element) {
            case SHORT -> new ShortArray(length);
            case FLOAT -> new FloatArray(length);
            case INT -> new IntArray(length);
            case LONG -> new LongArray(length);
            case DOUBLE -> new DoubleArray(length);
            case EXTENDED_FLOAT -> new ExtendedFloatArray(length);
            case EXTENDED_LONG -> new ExtendedLongArray(length);
        };
    }

    /** The array of a buffer of floats. */
    FloatArray floats(DeviceBuffer buffer) {
        return (FloatArray) array(buffer);
    }

    /** The array of a buffer of ints. */
    IntArray ints(DeviceBuffer buffer) {
        return (IntArray) array(buffer);
    }

    /** The array of a buffer of longs. */
    LongArray longs(DeviceBuffer buffer) {
        return (LongArray) array(buffer);
    }

    /** The array of a buffer of doubles. */
    DoubleArray doubles(DeviceBuffer buffer) {
        return (DoubleArray) array(buffer);
    }

    /** The arrays of a buffer of extended floats. */
    ExtendedFloatArray extendedFloats(DeviceBuffer buffer) {
        return (ExtendedFloatArray) array(buffer);
    }

    /** The arrays of a buffer of extended longs. */
    ExtendedLongArray extendedLongs(DeviceBuffer buffer) {
        return (ExtendedLongArray) array(buffer);
    }

    private Object array(DeviceBuffer buffer) {
        return Objects.requireNonNull(arrays.get(buffer), buffer::name);
    }

    /**
     * Makes room for all of them on the device. They are transferred on demand, which never comes: the host never fills
     * them, so there is nothing to copy.
     */
    void addTo(TaskGraph graph) {
        graph.transferToDevice(DataTransferMode.UNDER_DEMAND, all().toArray());
    }

    /** Every single array. */
    List<Object> all() {
        List<Object> all = new ArrayList<>();
        for (Object array : arrays.values()) {
            if (array instanceof ExtendedArray pair) {
                all.add(pair.mantissas());
                all.add(pair.exponents());
            } else {
                all.add(array);
            }
        }
        return all;
    }
}
