package io.github.tornadoctc.kernels;

/** A compiled plan that is kept for the next batch, see {@link PlanCache}. */
interface CachedPlan extends AutoCloseable {

    /** What it has room for. */
    Capacity capacity();

    /** What it executes. */
    DevicePlan devicePlan();

    /** Frees its memory on the device. */
    @Override
    default void close() {
        devicePlan().close();
    }
}
