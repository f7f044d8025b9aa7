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

    /** The elements that batches of these sizes need. */
    long elements(Sizes sizes);

    /** Whether it lives on the device alone, made and used by kernels. */
    boolean isWorkspace();

    /** What buffers are made of. */
    enum Element {
        FLOAT(1),
        INT(1),
        /** Two words. */
        LONG(2),
        /** Two words. */
        DOUBLE(2),
        /** A float and an int, each in an array of its own. */
        EXTENDED_FLOAT(2);

        private final int words;

        Element(int words) {
            this.words = words;
        }

        /** The bytes of one element. */
        int bytes() {
            return words * Float.BYTES;
        }
    }
}
