package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * What a device allows, asked once.
 *
 * @param description the device in words
 * @param maxGroupSize the most work-items a group can have
 * @param localMemory bytes of local memory of a group
 * @param globalMemory bytes of device memory
 * @param maxAllocation bytes of the largest buffer
 */
record DeviceLimits(String description, int maxGroupSize, long localMemory, long globalMemory, long maxAllocation) {

    static DeviceLimits of(TornadoDevice device) {
        long maxGroup = device.getPhysicalDevice().getDeviceMaxWorkGroupSize()[0];
        return new DeviceLimits(
                "%s, %s".formatted(device.getPhysicalDevice().getDeviceName().strip(), device.getTornadoVMBackend()),
                (int) Math.min(maxGroup, Integer.MAX_VALUE),
                device.getDeviceLocalMemorySize(),
                device.getMaxGlobalMemory(),
                device.getMaxAllocMemory());
    }

    boolean allows(Capacity capacity, boolean gradient) {
        return capacity.bytes(gradient) <= globalMemory && capacity.largestBuffer() <= maxAllocation;
    }

    /**
     * Checks that a plan of a capacity fits.
     *
     * @throws IllegalArgumentException naming the bytes needed and those there are
     */
    void check(Capacity capacity, boolean gradient) {
        if (!allows(capacity, gradient)) {
            throw new IllegalArgumentException(
                    "the batch needs %d bytes on the device, the largest buffer %d; %s has %d, the largest buffer %d"
                            .formatted(
                                    capacity.bytes(gradient),
                                    capacity.largestBuffer(),
                                    description,
                                    globalMemory,
                                    maxAllocation));
        }
    }
}
