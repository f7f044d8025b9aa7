package io.github.tornadoctc.kernels;

import java.util.Locale;
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

    static DeviceLimits of(TornadoDevice device) {
        // the first is a limit of the grid on TornadoVM 5.2.0's PTX backend
        long maxGroup = Math.min(
                device.getPhysicalDevice().getDeviceMaxWorkGroupSize()[0],
                device.getPhysicalDevice().getMaxThreadsPerBlock());
        long memory = Math.min(
                device.getMaxGlobalMemory(),
                parseBytes(
                        TORNADO_MEMORY_PROPERTY, System.getProperty(TORNADO_MEMORY_PROPERTY, TORNADO_MEMORY_DEFAULT)));
        String most = System.getProperty(TornadoProvider.MAX_MEMORY_PROPERTY);
        return new DeviceLimits(
                "%s, %s".formatted(device.getPhysicalDevice().getDeviceName().strip(), device.getTornadoVMBackend()),
                (int) Math.min(maxGroup, Integer.MAX_VALUE),
                most == null ? memory : Math.min(memory, parseBytes(TornadoProvider.MAX_MEMORY_PROPERTY, most)),
                device.getMaxAllocMemory());
    }

    /**
     * A number of bytes as TornadoVM's properties have it: {@code 512MB}, {@code 4GB}, or without a unit.
     *
     * @throws IllegalArgumentException naming the property if it is none
     */
    static long parseBytes(String property, String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        int shift = upper.endsWith("GB") ? 30 : upper.endsWith("MB") ? 20 : upper.endsWith("KB") ? 10 : 0;
        String digits = shift == 0 ? upper : upper.substring(0, upper.length() - 2);
        try {
            return Math.multiplyExact(Long.parseLong(digits.strip()), 1L << shift);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("%s = %s is no number of bytes".formatted(property, text), e);
        }
    }

    /** Whether a plan of that capacity fits the device, and its buffers the indices of an array. */
    boolean allows(Capacity capacity, boolean gradient) {
        long largest = capacity.largestBuffer();
        return capacity.bytes(gradient) <= memory && 4 * largest <= maxAllocation && largest <= Integer.MAX_VALUE;
    }

    /** What does not fit, for a plan that {@link #allows} refuses. */
    String refusal(Capacity capacity, boolean gradient) {
        return "an utterance needs %d bytes on the device, %d of them in one buffer; of %s, %d may be used, %d in one buffer (-D%s, -D%s)"
                .formatted(
                        capacity.bytes(gradient),
                        4 * capacity.largestBuffer(),
                        description,
                        memory,
                        Math.min(maxAllocation, 4L * Integer.MAX_VALUE),
                        TornadoProvider.MAX_MEMORY_PROPERTY,
                        TORNADO_MEMORY_PROPERTY);
    }
}
