package io.github.tornadoctc.kernels;

/**
 * A buffer of an operation on the device: how many elements it takes, and of what. An operation lists its buffers in an
 * enum; {@link Capacity} makes sizes of them, and {@link Workspace} arrays.
 */
interface DeviceBuffer {

    /** The name, for messages. */
    String name();

    /** What an element is. */
    Element element();

    /** The elements that batches of these sizes need, but for those of {@link #elementsPerLane}. */
    long elements(Sizes sizes);

    /** The elements more that they need for each lane that a plan's recursions have, even if few would do for them. */
    default long elementsPerLane(Sizes sizes) {
        return 0;
    }

    /** Whether it lives on the device alone, made and used by kernels. */
    boolean isWorkspace();

    /** What buffers are made of. */
    enum Element {
        SHORT(Short.BYTES),
        FLOAT(Float.BYTES),
        INT(Integer.BYTES),
        LONG(Long.BYTES),
        DOUBLE(Double.BYTES),
        /** A float and an int, each in an array of its own. */
        EXTENDED_FLOAT(Float.BYTES + Integer.BYTES),
        /** A long and an int, each in an array of its own. */
        EXTENDED_LONG(Long.BYTES + Integer.BYTES);

        private final int bytes;

        Element(int bytes) {
            this.bytes = bytes;
        }

        /** The bytes of one element. */
        int bytes() {
            return bytes;
        }

        /** The bytes of one element in the array where they are most, if there are two. */
        int largestBytes() {
            return switch (this) {
                case EXTENDED_FLOAT -> Integer.BYTES;
                case EXTENDED_LONG -> Long.BYTES;
                default -> bytes;
            };
        }
    }
}
