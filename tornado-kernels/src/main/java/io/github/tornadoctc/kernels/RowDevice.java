package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/**
 * What {@link RowKernel} is compiled for a device with.
 *
 * @param exactExponential whether the device's own exponential is as exact as {@link Exponential}
 * @param localMemory the bytes that a group has of it
 */
record RowDevice(boolean exactExponential, long localMemory) {
    /**
     * Those of a device. CUDA's exponential is exact, with an error of one ulp ("CUDA C++ Programming Guide",
     * mathematical functions), and takes fewer instructions than ours; elsewhere fast-math leaves it open.
     */
    static RowDevice of(TornadoDevice device) {
        return new RowDevice(
                device.getTornadoVMBackend() == TornadoVMBackendType.CUDA,
                device.getPhysicalDevice().getDeviceLocalMemorySize());
    }
}
