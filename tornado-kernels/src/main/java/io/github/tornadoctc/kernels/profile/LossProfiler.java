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
     * @param mostBytes of each of the two buffers; fewer where the device allows fewer
     * @return gigabytes (10⁹) a second of the fastest copy by the device's own time, bytes read and bytes written
     */
    double copyGigabytesPerSecond(long mostBytes);
}
