package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What operations have in common that give something for each utterance of a batch: a plan, compiled at the first batch
 * and kept, and parts of a batch that does not fit the device. Calls from several threads run one after the other.
 */
final class UtteranceOperation<P extends CachedPlan> implements AutoCloseable {
    private final PlanMemory memory;
    private final DeviceLimits limits;
    private final List<DeviceBuffer> buffers;
    private final boolean gradient;
    private final Function<Capacity, P> maker;
    private final PlanCache<Boolean, P> plans;
    private boolean closed;

    /**
     * An operation of those buffers.
     *
     * @param gradient whether it needs the states that a gradient is made of
     */
    UtteranceOperation(PlanMemory memory, List<DeviceBuffer> buffers, boolean gradient, Function<Capacity, P> maker) {
        this.memory = memory;
        this.limits = memory.limits();
        this.buffers = buffers;
        this.gradient = gradient;
        this.maker = maker;
        this.plans = new PlanCache<>(memory);
    }

    /** What each part's execution gives, one part after the other. */
    <R> List<R> each(CtcBatch batch, BiFunction<P, BatchPart, List<R>> execution) {
        return memory.call(() -> execute(batch, execution));
    }

    private <R> List<R> execute(CtcBatch batch, BiFunction<P, BatchPart, List<R>> execution) {
        if (closed) {
            throw new IllegalStateException("the backend is closed");
        }
        List<R> results = new ArrayList<>();
        List<BatchPart> parts = BatchPart.fitting(batch, 1, limits, this::needed);
        for (BatchPart part : parts) {
            P plan = plans.get(gradient, BatchPart.needed(parts, this::needed), maker);
            results.addAll(execution.apply(plan, part));
            plans.count(List.of(plan), Float.BYTES * part.scores());
        }
        return results;
    }

    private Capacity needed(BatchPart part) {
        return Capacity.of(buffers, Sizes.of(part, gradient, limits.maxGroupSize()));
    }

    @Override
    public void close() {
        memory.alone(() -> {
            closed = true;
            plans.close();
        });
    }
}
