package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * The loss of batches whose scores, and gradient if there is one, are in {@link LentMemory}: in one part and without a
 * copy by the host, one plan for each pair of arrays.
 */
final class DirectLoss implements AutoCloseable {
    /** That many are kept at most: a caller who allocates memory for every batch must not have all of it kept. */
    private static final int MOST_PLANS = 64;

    private final TornadoDevice device;
    private final DeviceLimits limits;
    private final LentMemory memory = new LentMemory();
    private final PlanCache<Arrays, LossPlan> plans;

    DirectLoss(TornadoDevice device, PlanMemory memory) {
        this.device = device;
        this.limits = memory.limits();
        this.plans = new PlanCache<>(memory);
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

        /**
         * Whether none of these is the same memory as one of others, but as elements of another type. TornadoVM pins an array
         * for as long as a plan has it, and one of 16 bits is the first half of one of floats: a copy from memory that is
         * pinned in part is refused by NVIDIA's driver, of which TornadoVM 5.2.0's PTX backend prints an error and goes on.
         */
        boolean agreeWith(Arrays others) {
            return all().allMatch(
                            array -> others.all().allMatch(other -> array == other || !beginTogether(array, other)));
        }

        /** What travels at an execution, or may. */
        long bytes() {
            return all().mapToLong(array -> array.getSegment().byteSize()).sum();
        }

        /** The bytes of the larger one. */
        long largest() {
            return all().mapToLong(array -> array.getSegment().byteSize()).max().orElseThrow();
        }

        /** What they take on the device beyond what a batch needs: all of an array is there. */
        long more(CtcBatch batch, ScoreTypes types) {
            long elements = (long) batch.timeSteps() * batch.batchSize() * batch.symbols();
            long needed = types.scores().bytes() * elements;
            if (gradient != null) {
                needed += types.gradient().bytes() * elements;
            }
            return Math.max(0, bytes() - needed);
        }

        private Stream<TornadoNativeArray> all() {
            return Stream.of(scores, gradient).filter(Objects::nonNull);
        }

        private static boolean beginTogether(TornadoNativeArray array, TornadoNativeArray other) {
            return array.getSegment().address() == other.getSegment().address();
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
                .filter(found -> limits.allows(needed(batch, options, types), found.more(batch, types)))
                .filter(found -> found.largest() <= limits.maxAllocation());
    }

    private Capacity needed(CtcBatch batch, CtcOptions options, ScoreTypes types) {
        Sizes sizes = Sizes.of(BatchPart.all(batch), options.gradient(), limits.maxGroupSize());
        return types.needed(sizes, ScoreTypes.Place.ITS_OWN);
    }

    /** Computes a batch into a result without a copy by the host; false, and nothing, if they are elsewhere or too large. */
    boolean compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        plans.keep(Arrays::areAlive);
        Optional<Arrays> found = arrays(batch, options, result);
        if (found.isEmpty()) {
            return false;
        }
        LossPlan plan = plan(found.get(), batch, options, result);
        plan.execute(BatchPart.all(batch), options, result);
        plans.count(List.of(plan), found.get().bytes());
        return true;
    }

    private LossPlan plan(Arrays arrays, CtcBatch batch, CtcOptions options, CtcResult result) {
        plans.keep(arrays::agreeWith);
        ScoreTypes types = ScoreTypes.of(batch, options, result);
        LossPlan plan = plans.get(
                arrays,
                needed(batch, options, types),
                arrays.more(batch, types),
                capacity -> LossPlan.onLentMemory(
                        capacity, types.arrays(arrays.scores(), arrays.gradient()), options, device));
        plans.keep(MOST_PLANS);
        return plan;
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
