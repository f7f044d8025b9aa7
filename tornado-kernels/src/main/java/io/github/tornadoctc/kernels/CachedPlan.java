package io.github.tornadoctc.kernels;

/** A compiled plan that is kept for the next batch, see {@link PlanCache}. */
interface CachedPlan extends AutoCloseable {

    /** What it has room for. */
    Capacity capacity();

    /** What it executes. */
    DevicePlan devicePlan();

    /** See {@link DevicePlan#hasLostPins}. */
    default boolean hasLostPins() {
        return devicePlan().hasLostPins();
    }

    /** See {@link DevicePlan#firstNanos}. */
    default long firstNanos() {
        return devicePlan().firstNanos();
    }

    /** Frees its memory on the device. */
    @Override
    default void close() {
        devicePlan().close();
    }
}
