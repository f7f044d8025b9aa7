package io.github.tornadoctc.kernels;

import io.github.tornadoctc.kernels.profile.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a compiled plan has room for: the elements of each buffer of an operation. Buffers are flat, so it is their
 * lengths that count, not T, B, V and U one by one; only the number of lanes, whether there are blocks of them, which
 * kernel writes the softmax, and the size of groups of rows are compiled in. No buffer is empty, since an array of no
 * elements is none to TornadoVM.
 */
final class Capacity {
    private final List<DeviceBuffer> buffers;
    private final long[] fixed;
    private final long[] perLane;
    private final int lanes;
    private final boolean blocks;
    private final boolean softmaxWithRows;
    private final int rowGroup;

    private Capacity(
            List<DeviceBuffer> buffers,
            long[] fixed,
            long[] perLane,
            int lanes,
            boolean blocks,
            boolean softmaxWithRows,
            int rowGroup) {
        this.buffers = buffers;
        this.fixed = fixed;
        this.perLane = perLane;
        this.lanes = lanes;
        this.blocks = blocks;
        this.softmaxWithRows = softmaxWithRows;
        this.rowGroup = rowGroup;
    }

    /** What an operation with these buffers needs for batches of at most these sizes. */
    static Capacity of(List<DeviceBuffer> buffers, Sizes sizes) {
        long[] fixed = buffers.stream()
                .mapToLong(buffer -> Math.max(buffer.elements(sizes), 1))
                .toArray();
        long[] perLane = buffers.stream()
                .mapToLong(buffer -> buffer.elementsPerLane(sizes))
                .toArray();
        boolean softmaxWithRows = Stage.ofSoftmax(sizes.rows(), sizes.symbols(), sizes.maxTargetLength()) == Stage.ROWS;
        return new Capacity(
                buffers,
                fixed,
                perLane,
                sizes.lanes(),
                sizes.hasBlocks(),
                softmaxWithRows,
                RowLanes.group(sizes.symbols(), !softmaxWithRows));
    }

    /** The elements of a buffer; none of one that the operation does not have. */
    long elements(DeviceBuffer buffer) {
        int index = buffers.indexOf(buffer);
        return index < 0 ? 0 : elements(index, lanes);
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

    /** Work-items of a group of a recursion. */
    int lanes() {
        return lanes;
    }

    /** Whether targets may have more pairs than there are lanes. */
    boolean hasBlocks() {
        return blocks;
    }

    /** Whether {@link RowKernel} writes the {@link Softmax} of a gradient. */
    boolean softmaxWithRows() {
        return softmaxWithRows;
    }

    /** Work-items of a group of {@link RowKernel} and {@link GradientKernel}. */
    int rowGroup() {
        return rowGroup;
    }

    /** Whether a plan of this capacity serves a batch that needs {@code other}. */
    boolean covers(Capacity other) {
        return lanes >= other.lanes
                && (blocks || !other.blocks)
                && rowGroup >= other.rowGroup
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
        return new Capacity(both, fixedOfBoth, perLaneOfBoth, lanes, blocks, softmaxWithRows, rowGroup);
    }

    /** Room for either. */
    Capacity max(Capacity other) {
        long[] largerFixed = new long[fixed.length];
        Arrays.setAll(largerFixed, i -> Math.max(fixed[i], other.fixed[i]));
        long[] largerPerLane = new long[perLane.length];
        Arrays.setAll(largerPerLane, i -> Math.max(perLane[i], other.perLane[i]));
        return new Capacity(
                buffers,
                largerFixed,
                largerPerLane,
                Math.max(lanes, other.lanes),
                blocks || other.blocks,
                softmaxWithRows && other.softmaxWithRows,
                Math.max(rowGroup, other.rowGroup));
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
                .collect(Collectors.joining(", ", lanes + " lanes, ", ""));
    }
}
