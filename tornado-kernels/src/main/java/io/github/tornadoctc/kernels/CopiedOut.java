package io.github.tornadoctc.kernels;

import java.util.List;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * What an execution has copied to the host. TornadoVM 5.2.0's CUDA backend makes no event of such a copy unless the
 * steps of a graph wait for each other's events, which is off, and so its profiler has neither the time nor the bytes.
 * There each array is read once more, while the device does nothing else, and the wall clock tells.
 *
 * @param reported whether the profiler has told; else these are the bytes of the arrays and the time of that reading
 */
record CopiedOut(long nanos, long bytes, boolean reported) {

    /**
     * Of an execution under the profiler.
     *
     * @param nanos of the copies, as the profiler tells
     * @param bytes as the profiler tells; 0 if it does not
     * @param arrays that every execution copies to the host
     * @param read copies one of them once more
     */
    static CopiedOut of(
            long nanos, long bytes, List<? extends TornadoNativeArray> arrays, Consumer<TornadoNativeArray> read) {
        if (bytes > 0 || arrays.isEmpty()) {
            return new CopiedOut(nanos, bytes, true);
        }
        long start = System.nanoTime();
        arrays.forEach(read);
        long end = System.nanoTime();
        return new CopiedOut(
                end - start,
                arrays.stream()
                        .mapToLong(TornadoNativeArray::getNumBytesOfSegmentWithHeader)
                        .sum(),
                false);
    }
}
