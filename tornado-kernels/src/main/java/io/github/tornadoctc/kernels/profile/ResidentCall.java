package io.github.tornadoctc.kernels.profile;

import io.github.tornadoctc.CtcResult;

/**
 * One batch, computed over and over with its scores on the device and the gradient left there, as between the tasks of
 * a model, and lengths and labels there as well; what travels are likelihoods. Close it to free the device's memory.
 */
public interface ResidentCall extends AutoCloseable {

    /** Computes, and waits until it is done. */
    void run();

    /** The same under TornadoVM's profiler. */
    CtcProfile profile();

    /** What the last call has computed, the gradient fetched from the device for once. */
    void read(CtcResult result);

    @Override
    void close();
}
