package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * The loss of batches whose scores, and gradient if there is one, are in {@link LentMemory}: in one part and without a
 * copy by the host, one plan for each pair of arrays.
 */
final class DirectLoss implements AutoCloseable {
    /** More are all closed at once: a caller who allocates memory for every batch must not keep all of it. */
    private static final int MOST_PLANS = 8;

    private final TornadoDevice device;
    private final DeviceLimits limits;
    private final LentMemory memory = new LentMemory();
    private final PlanCache<Arrays, LossPlan> plans;

    DirectLoss(TornadoDevice device, DeviceLimits limits) {
        this.device = device;
        this.limits = limits;
        this.plans = new PlanCache<>(limits);
    }

    /**
     * What a plan reads and writes.
     *
     * @param gradient null for losses alone
     */
    private record Arrays(TornadoNativeArray scores, @Nullable TornadoNativeArray gradient) {
        boolean areAlive() {
            return LentMemory.isAlive(scores) && (gradient == null || LentMemory.isAlive(gradient));
        }
    }

    /** See {@link io.github.tornadoctc.CtcBackend#allocate}. */
    MemorySegment allocate(long floats, Arena arena) {
        return memory.allocate(floats, arena);
    }

    /** Whether a batch and its result are in memory from here, and the device has room for it in one part. */
    boolean serves(CtcBatch batch, CtcOptions options, CtcResult result) {
        return arrays(batch, options, result).isPresent();
    }

    private Optional<Arrays> arrays(CtcBatch batch, CtcOptions options, CtcResult result) {
        if (batch.batchSize() == 0 || !batch.hasScores() || (options.gradient() && !result.hasGradient())) {
            return Optional.empty();
        }
        ScoreTypes types = ScoreTypes.of(batch, options, result);
        return memory.array(batch.scores(), types.scores())
                .flatMap(scores -> options.gradient()
                        ? memory.array(result.gradient(), types.gradient())
                                .map(gradient -> new Arrays(scores, gradient))
                        : Optional.of(new Arrays(scores, null)))
                .filter(found -> limits.allows(needed(batch, options, types)));
    }

    private Capacity needed(CtcBatch batch, CtcOptions options, ScoreTypes types) {
        Sizes sizes = Sizes.of(BatchPart.all(batch), options.gradient(), limits.maxGroupSize());
        return types.needed(sizes, ScoreTypes.Place.ITS_OWN);
    }

    /** The plan that computes a batch into a result without copies by the host; none if they are elsewhere or too large. */
    Optional<LossPlan> plan(CtcBatch batch, CtcOptions options, CtcResult result) {
        plans.keep(Arrays::areAlive);
        Optional<Arrays> found = arrays(batch, options, result);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (plans.size() >= MOST_PLANS) {
            plans.clear();
        }
        Arrays arrays = found.get();
        ScoreTypes types = ScoreTypes.of(batch, options, result);
        return Optional.of(plans.get(
                arrays,
                needed(batch, options, types),
                capacity -> LossPlan.onLentMemory(
                        capacity, types.arrays(arrays.scores(), arrays.gradient()), options, device)));
    }

    /** How many plans were made so far. */
    int plansMade() {
        return plans.made();
    }

    /** Bytes that the plans have on the device. */
    long deviceMemory() {
        return plans.deviceMemory();
    }

    @Override
    public void close() {
        plans.close();
    }
}
