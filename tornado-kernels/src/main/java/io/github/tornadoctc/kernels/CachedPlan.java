package io.github.tornadoctc.kernels;

/** A compiled plan that is kept for the next batch, see {@link PlanCache}. */
interface CachedPlan extends AutoCloseable {

    /** What it has room for. */
    Capacity capacity();

    /** Bytes that it has on the device. */
    long deviceMemory();

    /** See {@link DevicePlan#firstNanos}. */
    long firstNanos();

    /** See {@link DevicePlan#hasLostPins}. */
    boolean hasLostPins();

    /** Frees its memory on the device. */
    @Override
    void close();
}
