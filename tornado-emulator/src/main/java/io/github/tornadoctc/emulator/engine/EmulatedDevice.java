package io.github.tornadoctc.emulator.engine;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The emulator's one device. Its limits are those of the smallest GPUs a kernel should run on. */
public final class EmulatedDevice implements TornadoDevice, TornadoTargetDevice {
    public static final EmulatedDevice INSTANCE = new EmulatedDevice();
    static final String NAME = "TornadoCTC emulator";
    static final int MAX_GROUP_ITEMS = 1024;
    static final long LOCAL_MEMORY_BYTES = 48 * 1024;

    private EmulatedDevice() {}

    @Override
    public String getDeviceName() {
        return NAME;
    }

    @Override
    public String getDescription() {
        return NAME + ": one work-item at a time on the JVM";
    }

    @Override
    public String getPlatformName() {
        return "Java " + Runtime.version().feature();
    }

    @Override
    public TornadoTargetDevice getPhysicalDevice() {
        return this;
    }

    @Override
    public TornadoDeviceType getDeviceType() {
        return TornadoDeviceType.CPU;
    }

    @Override
    public TornadoVMBackendType getTornadoVMBackend() {
        return TornadoVMBackendType.JAVA;
    }

    @Override
    public int getBackendIndex() {
        return 0;
    }

    @Override
    public long getMaxAllocMemory() {
        return Runtime.getRuntime().maxMemory();
    }

    @Override
    public long getMaxGlobalMemory() {
        return Runtime.getRuntime().maxMemory();
    }

    @Override
    public long getDeviceLocalMemorySize() {
        return LOCAL_MEMORY_BYTES;
    }

    @Override
    public long[] getDeviceMaxWorkgroupDimensions() {
        return new long[] {MAX_GROUP_ITEMS, MAX_GROUP_ITEMS, MAX_GROUP_ITEMS};
    }

    @Override
    public String getDeviceOpenCLCVersion() {
        return "none";
    }

    @Override
    public boolean isSPIRVSupported() {
        return false;
    }

    @Override
    public long getDeviceGlobalMemorySize() {
        return getMaxGlobalMemory();
    }

    @Override
    public int getDeviceMaxComputeUnits() {
        return 1;
    }

    @Override
    public long[] getDeviceMaxWorkItemSizes() {
        return getDeviceMaxWorkgroupDimensions();
    }

    @Override
    public long[] getDeviceMaxWorkGroupSize() {
        return new long[] {MAX_GROUP_ITEMS};
    }

    @Override
    public int getMaxThreadsPerBlock() {
        return MAX_GROUP_ITEMS;
    }

    @Override
    public int getDeviceMaxClockFrequency() {
        return 0;
    }

    @Override
    public long getDeviceMaxConstantBufferSize() {
        return LOCAL_MEMORY_BYTES;
    }

    @Override
    public long getDeviceMaxAllocationSize() {
        return getMaxAllocMemory();
    }

    @Override
    public String getDeviceInfo() {
        return getDescription();
    }

    @Override
    public String toString() {
        return NAME;
    }
}
