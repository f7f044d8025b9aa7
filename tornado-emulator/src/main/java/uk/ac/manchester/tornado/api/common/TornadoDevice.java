package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A device as a backend sees it. */
public interface TornadoDevice {
    String getDeviceName();

    String getDescription();

    String getPlatformName();

    /** The device's limits. */
    TornadoTargetDevice getPhysicalDevice();

    TornadoDeviceType getDeviceType();

    /** Bytes that one buffer may have. */
    long getMaxAllocMemory();

    long getMaxGlobalMemory();

    /** Bytes of local memory of a work-group. */
    long getDeviceLocalMemorySize();

    long[] getDeviceMaxWorkgroupDimensions();

    String getDeviceOpenCLCVersion();

    int getBackendIndex();

    TornadoVMBackendType getTornadoVMBackend();

    boolean isSPIRVSupported();
}
