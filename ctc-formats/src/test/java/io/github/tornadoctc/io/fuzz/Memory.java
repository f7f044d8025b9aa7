package io.github.tornadoctc.io.fuzz;

/**
 * The most memory that reading a file may take: a constant, for buffers, and a multiple of the file's size.
 *
 * @param heapPerByte all that is allocated on the heap, what is garbage at once included, for each byte of the file
 * @param offHeapPerByte what is allocated off-heap for each byte of the file
 */
record Memory(long heapPerByte, long offHeapPerByte) {
    /** Buffers of streams, of {@code Inflater} and of the JSON parser, for each of the arrays anew. */
    private static final long BUFFERS = 1 << 19;
    /** What the JDK reads files by way of. */
    private static final long OFF_HEAP_BUFFERS = 1 << 16;

    long heap(long fileBytes) {
        return BUFFERS + heapPerByte * fileBytes;
    }

    long offHeap(long fileBytes) {
        return OFF_HEAP_BUFFERS + offHeapPerByte * fileBytes;
    }
}
