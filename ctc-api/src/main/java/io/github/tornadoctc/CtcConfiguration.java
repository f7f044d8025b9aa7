package io.github.tornadoctc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a backend is to be opened: on which of its devices, and within which limits.
 *
 * <p>Limits are upper bounds, so every backend can keep them: one that computes on the calling thread stays within any
 * number of threads, and one without a device of its own uses no device memory.
 *
 * @param device the id of one of {@link CtcBackendProvider#devices()}, or null for the default one
 * @param maxDeviceMemory bytes of the device's memory to use at most, at least 1; a batch that needs more is computed
 *     in parts. {@link Long#MAX_VALUE} for all there is
 * @param maxThreads threads of this JVM to compute on at most, the caller's included, at least 1;
 *     {@link Integer#MAX_VALUE} for one for each processor
 */
public record CtcConfiguration(@Nullable String device, long maxDeviceMemory, int maxThreads) {
    private static final CtcConfiguration DEFAULTS = new CtcConfiguration(null, Long.MAX_VALUE, Integer.MAX_VALUE);

    /**
     * That device and those limits.
     *
     * @throws IllegalArgumentException if a limit is less than 1
     */
    public CtcConfiguration {
        if (maxDeviceMemory < 1) {
            throw new IllegalArgumentException("maxDeviceMemory = %d is less than 1".formatted(maxDeviceMemory));
        }
        if (maxThreads < 1) {
            throw new IllegalArgumentException("maxThreads = %d is less than 1".formatted(maxThreads));
        }
    }

    /** The default device, all of its memory, all processors. */
    public static CtcConfiguration defaults() {
        return DEFAULTS;
    }

    /** The same on this device; null for the default one. */
    public CtcConfiguration withDevice(@Nullable String newDevice) {
        return new CtcConfiguration(newDevice, maxDeviceMemory, maxThreads);
    }

    /**
     * The same with at most so many bytes of device memory.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public CtcConfiguration withMaxDeviceMemory(long newMaxDeviceMemory) {
        return new CtcConfiguration(device, newMaxDeviceMemory, maxThreads);
    }

    /**
     * The same on at most so many threads.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public CtcConfiguration withMaxThreads(int newMaxThreads) {
        return new CtcConfiguration(device, maxDeviceMemory, newMaxThreads);
    }

    /**
     * Reads a number of bytes as people write it: {@code 512MB}, {@code 4GB}, or without a unit. A unit is a power of
     * 1024.
     *
     * @param name what the text is the value of, for the message
     * @throws IllegalArgumentException naming it if the text is no number of bytes
     */
    public static long parseBytes(String name, String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        int shift = upper.endsWith("GB") ? 30 : upper.endsWith("MB") ? 20 : upper.endsWith("KB") ? 10 : 0;
        String digits = shift == 0 ? upper : upper.substring(0, upper.length() - 2);
        try {
            return Math.multiplyExact(Long.parseLong(digits.strip()), 1L << shift);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("%s = %s is no number of bytes".formatted(name, text), e);
        }
    }
}
