package io.github.tornadoctc.kernels;

import io.github.tornadoctc.BatchTooLargeException;
import io.github.tornadoctc.CtcConfiguration;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * What a device allows, asked once.
 *
 * @param description the device in words
 * @param maxGroupSize the most work-items a group can have
 * @param memory bytes that may be used
 * @param maxAllocation bytes of the largest buffer
 */
record DeviceLimits(String description, int maxGroupSize, long memory, long maxAllocation) {
    /** TornadoVM's own limit over all plans in the JVM, and its default. */
    private static final String TORNADO_MEMORY_PROPERTY = "tornado.device.memory";

    private static final String TORNADO_MEMORY_DEFAULT = "4GB";

    static DeviceLimits of(TornadoDevice device, CtcConfiguration configuration) {
        // the first is a limit of the grid on TornadoVM 5.2.0's PTX backend
        long maxGroup = Math.min(
                device.getPhysicalDevice().getDeviceMaxWorkGroupSize()[0],
                device.getPhysicalDevice().getMaxThreadsPerBlock());
        long tornadoMemory = CtcConfiguration.parseBytes(
                TORNADO_MEMORY_PROPERTY, System.getProperty(TORNADO_MEMORY_PROPERTY, TORNADO_MEMORY_DEFAULT));
        long memory = Math.min(device.getMaxGlobalMemory(), tornadoMemory);
        return new DeviceLimits(
                "%s, %s".formatted(device.getPhysicalDevice().getDeviceName().strip(), device.getTornadoVMBackend()),
                (int) Math.min(maxGroup, Integer.MAX_VALUE),
                Math.min(memory, configuration.maxDeviceMemory()),
                device.getMaxAllocMemory());
    }

    /** Whether a plan of that capacity fits the device, and its buffers the indices of an array. */
    boolean allows(Capacity capacity) {
        return allows(capacity, 0);
    }

    /** The same if it takes {@code more} bytes than its capacity has. */
    boolean allows(Capacity capacity, long more) {
        return capacity.bytes() + more <= memory
                && capacity.largestArrayBytes() <= maxAllocation
                && capacity.longestArray() <= Integer.MAX_VALUE;
    }

    /** What does not fit, for a plan that {@link #allows} refuses. */
    String refusal(Capacity capacity) {
        return "an utterance needs %d bytes on the device, %d of them in one buffer; of %s, %d may be used, %d in one buffer (maxDeviceMemory, -D%s)"
                .formatted(
                        capacity.bytes(),
                        capacity.largestArrayBytes(),
                        description,
                        memory,
                        Math.min(maxAllocation, (long) Float.BYTES * Integer.MAX_VALUE),
                        TORNADO_MEMORY_PROPERTY);
    }

    /**
     * Requires that a plan of that capacity fits.
     *
     * @throws BatchTooLargeException if it does not, naming the bytes
     */
    void check(Capacity capacity) {
        if (!allows(capacity)) {
            throw new BatchTooLargeException(refusal(capacity));
        }
    }
}
