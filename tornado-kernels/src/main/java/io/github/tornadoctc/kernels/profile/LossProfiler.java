package io.github.tornadoctc.kernels.profile;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOperation;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;

/** Tells what the loss costs the device of a backend. */
public interface LossProfiler extends CtcOperation {

    /**
     * Computes as {@link io.github.tornadoctc.CtcBackend#compute(CtcBatch, CtcOptions, CtcResult)} does, under TornadoVM's profiler. That makes one
     * operation wait for the other, so a profiled call says nothing about the wall clock.
     */
    CtcProfile profile(CtcBatch batch, CtcOptions options, CtcResult result);

    /**
     * Readies calls on one batch whose scores and gradient stay on the device.
     *
     * @throws IllegalArgumentException if the batch is empty, or does not fit the device in one part
     */
    ResidentCall resident(CtcBatch batch, CtcOptions options);

    /** The plans made so far, each of which was compiled at its first batch. */
    int plansMade();

    /**
     * Bytes that the plans have on the device, as TornadoVM counts them. Its counter holds what a plan's
     * last allocation took, not the sum of all, so it is good for seeing growth and for nothing else.
     */
    long deviceMemory();

    /**
     * Copies from one buffer of the device to another by a kernel, over and over.
     *
     * @param bytes of each of the two buffers, at least
     * @return the device's own time of the fastest copy, in nanoseconds
     */
    long copyNanos(long bytes);
}
