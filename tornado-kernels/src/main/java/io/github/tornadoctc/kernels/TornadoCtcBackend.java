package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOperation;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * CTC on a TornadoVM device. Each operation is a class of its own with its own plans; this one only lists them, so that
 * a new one is a new class and one more element of {@link #operations}.
 */
final class TornadoCtcBackend implements CtcBackend {
    private final String name;
    private final String description;
    private final DeviceLoss loss;
    private final List<DeviceOperation> operations;
    private volatile boolean closed;

    TornadoCtcBackend(String name, TornadoDevice device, DeviceLimits limits, Streams streams) {
        this.name = name;
        this.description = limits.description();
        PlanMemory memory = new PlanMemory(limits);
        this.loss = new DeviceLoss(device, memory, streams);
        this.operations = List.of(
                loss,
                new DeviceAligner(device, memory),
                new DevicePosteriors(device, memory),
                new DeviceRescorer(device, memory));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String device() {
        return description;
    }

    @Override
    public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        if (closed) {
            throw new IllegalStateException("backend %s is closed".formatted(name));
        }
        loss.compute(batch, options, result);
    }

    @Override
    public MemorySegment allocate(long floats, Arena arena) {
        return loss.allocate(floats, arena);
    }

    @Override
    public boolean isInLentMemory(CtcBatch batch, CtcOptions options, CtcResult result) {
        return loss.isInLentMemory(batch, options, result);
    }

    @Override
    public <T extends CtcOperation> Optional<T> operation(Class<T> type) {
        return operations.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public void close() {
        closed = true;
        operations.forEach(DeviceOperation::close);
    }
}
