package uk.ac.manchester.tornado.api;

/** The limits of a device. Sizes are in bytes. */
public interface TornadoTargetDevice {
    String getDeviceName();

    long getDeviceGlobalMemorySize();

    /** Local memory of a work-group. */
    long getDeviceLocalMemorySize();

    int getDeviceMaxComputeUnits();

    /** Most work-items of a group along each dimension. */
    long[] getDeviceMaxWorkItemSizes();

    /** Most work-items of a group. */
    long[] getDeviceMaxWorkGroupSize();

    int getMaxThreadsPerBlock();

    /** In MHz. */
    int getDeviceMaxClockFrequency();

    long getDeviceMaxConstantBufferSize();

    long getDeviceMaxAllocationSize();

    String getDeviceInfo();
}
