package io.github.tornadoctc.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a compiled plan has room for: the elements of each buffer of an operation, and what is compiled into its kernels.
 * Buffers are flat, so it is their lengths that count, not T, B, V and U one by one. No buffer is empty, since an array of
 * no elements is none to TornadoVM.
 */
final class Capacity {
    private final List<DeviceBuffer> buffers;
    private final long[] fixed;
    private final long[] perLane;
    private final KernelConstants constants;

    private Capacity(List<DeviceBuffer> buffers, long[] fixed, long[] perLane, KernelConstants constants) {
        this.buffers = buffers;
        this.fixed = fixed;
        this.perLane = perLane;
        this.constants = constants;
    }

    /** What an operation with these buffers needs for batches of at most these sizes. */
    static Capacity of(List<DeviceBuffer> buffers, Sizes sizes) {
        return of(buffers, sizes, KernelConstants.of(sizes));
    }

    /** The same with other constants, which cover those of the sizes. */
    static Capacity of(List<DeviceBuffer> buffers, Sizes sizes, KernelConstants constants) {
        long[] fixed = buffers.stream()
                .mapToLong(buffer -> Math.max(buffer.elements(sizes), 1))
                .toArray();
        long[] perLane = buffers.stream()
                .mapToLong(buffer -> buffer.elementsPerLane(sizes))
                .toArray();
        return new Capacity(buffers, fixed, perLane, constants);
    }

    /** The elements of a buffer; none of one that the operation does not have. */
    long elements(DeviceBuffer buffer) {
        int index = buffers.indexOf(buffer);
        return index < 0 ? 0 : elements(index, constants.lanes());
    }

    private long elements(int index, int ofLanes) {
        return fixed[index] + perLane[index] * ofLanes;
    }

    /** The length of its array; every buffer of a plan that {@link DeviceLimits} allow is short enough to be one. */
    int length(DeviceBuffer buffer) {
        return Math.toIntExact(elements(buffer));
    }

    /** The buffers of the operation. */
    List<DeviceBuffer> buffers() {
        return buffers;
    }

    /** What is compiled into its kernels. */
    KernelConstants constants() {
        return constants;
    }

    /** Whether a plan of this capacity serves a batch that needs {@code other}. */
    boolean covers(Capacity other) {
        int lanes = constants.lanes();
        return constants.cover(other.constants)
                && IntStream.range(0, fixed.length).allMatch(i -> elements(i, lanes) >= other.elements(i, lanes));
    }

    /** Room for the buffers of another operation as well, whose kernels have no lanes of their own. */
    Capacity plus(Capacity other) {
        List<DeviceBuffer> both =
                Stream.concat(buffers.stream(), other.buffers.stream()).toList();
        long[] fixedOfBoth = LongStream.concat(Arrays.stream(fixed), Arrays.stream(other.fixed))
                .toArray();
        long[] perLaneOfBoth = LongStream.concat(Arrays.stream(perLane), Arrays.stream(other.perLane))
                .toArray();
        return new Capacity(both, fixedOfBoth, perLaneOfBoth, constants);
    }

    /** Room for either. */
    Capacity max(Capacity other) {
        long[] largerFixed = new long[fixed.length];
        Arrays.setAll(largerFixed, i -> Math.max(fixed[i], other.fixed[i]));
        long[] largerPerLane = new long[perLane.length];
        Arrays.setAll(largerPerLane, i -> Math.max(perLane[i], other.perLane[i]));
        return new Capacity(buffers, largerFixed, largerPerLane, constants.max(other.constants));
    }

    /** The bytes of all device buffers of a plan. */
    long bytes() {
        long bytes = 0;
        for (DeviceBuffer buffer : buffers) {
            bytes += buffer.element().bytes() * elements(buffer);
        }
        return bytes;
    }

    /** The elements of the longest array. */
    long longestArray() {
        return buffers.stream().mapToLong(this::elements).max().orElse(0);
    }

    /** The bytes of the largest array. */
    long largestArrayBytes() {
        return buffers.stream()
                .mapToLong(buffer -> buffer.element().largestBytes() * elements(buffer))
                .max()
                .orElse(0);
    }

    @Override
    public String toString() {
        return buffers.stream()
                .map(buffer -> "%s %d".formatted(buffer.name().toLowerCase(Locale.ROOT), elements(buffer)))
                .collect(Collectors.joining(", ", constants.lanes() + " lanes, ", ""));
    }
}
