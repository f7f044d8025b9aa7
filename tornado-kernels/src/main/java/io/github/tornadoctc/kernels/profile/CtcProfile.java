package io.github.tornadoctc.kernels.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * What one call has cost the device.
 *
 * @param kernels in the order they ran
 * @param copyInNanos of all copies to the device
 * @param copyOutNanos of all copies from the device
 * @param bytesIn as TornadoVM counts them, which copies whole buffers: what the plan has room for, not what the batch
 *     needs
 * @param bytesOut likewise, but of the gradient what there is
 * @param compiledKernels how many kernels had to be compiled; their time is in none of the others
 * @param copyOutReported whether TornadoVM has told of the copies from the device. It does not of the gradient's, and its
 *     CUDA backend of none; there {@code copyOutNanos} is the wall clock's time of them, or of reading the same arrays once
 *     more
 */
public record CtcProfile(
        List<Kernel> kernels,
        long copyInNanos,
        long copyOutNanos,
        long bytesIn,
        long bytesOut,
        int compiledKernels,
        boolean copyOutReported) {

    /** A call that has cost nothing. */
    public static final CtcProfile NONE = new CtcProfile(List.of(), 0, 0, 0, 0, 0, true);

    /**
     * One kernel's run.
     *
     * @param nanos the device's own time
     */
    public record Kernel(Stage stage, long nanos) {}

    public CtcProfile {
        kernels = List.copyOf(kernels);
    }

    /** A copy from the device alone, as the wall clock tells. */
    public static CtcProfile copyOut(long nanos, long bytes) {
        return new CtcProfile(List.of(), 0, nanos, 0, bytes, 0, false);
    }

    /** Kernels and copies together. */
    public long deviceNanos() {
        return kernels.stream().mapToLong(Kernel::nanos).sum() + copyInNanos + copyOutNanos;
    }

    /** The kernel time of one stage; 0 if it did not run. */
    public long nanos(Stage stage) {
        return kernels.stream()
                .filter(kernel -> kernel.stage() == stage)
                .mapToLong(Kernel::nanos)
                .sum();
    }

    /** Both, one after the other. */
    public CtcProfile plus(CtcProfile other) {
        List<Kernel> both = new ArrayList<>(kernels);
        both.addAll(other.kernels);
        return new CtcProfile(
                both,
                copyInNanos + other.copyInNanos,
                copyOutNanos + other.copyOutNanos,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                compiledKernels + other.compiledKernels,
                copyOutReported && other.copyOutReported);
    }
}
