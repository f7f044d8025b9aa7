package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * The loss of batches whose scores, and gradient if there is one, are in {@link LentMemory}, without a copy by the host: in
 * one part, by one plan for each pair of arrays. Where large batches of one shape come there again and again, are
 * batch-major and the memory is pinned, they are computed in parts, each with a plan of its own, so that the scores of one
 * part go to the device while the gradient of another comes back. A part of a time-major batch is not in one run, and
 * TornadoVM copies nothing else.
 */
final class DirectLoss implements AutoCloseable {
    /** That many are kept at most: a caller who allocates memory for every batch must not have all of it kept. */
    private static final int MOST_PLANS = 64;

    /**
     * Each has to be compiled, and so have the small ones at both ends. With half as many a step of 210 to 675 MB takes 5 to
     * 8 percent longer on an H200.
     */
    private static final int MOST_PARTS = 16;

    /**
     * After so many calls with one shape parts are worth their plans, which take 1.4 to 1.9 seconds on an H200, and save 0.9
     * to 3 milliseconds a call. They are of no use for batches of other shapes.
     */
    static final int CALLS_BEFORE_PARTS = 10;

    /** Where the header of a part may begin. */
    private static final long HEADER_ALIGNMENT = Integer.BYTES;

    private final TornadoDevice device;
    private final DeviceLimits limits;
    private final LentMemory memory;
    private final Streams streams;
    private final HostThreads threads;
    private final PlanCache<LentArrays, LossPlan> plans;
    private final Map<LentArrays, Streak> streaks = new HashMap<>();

    /** How many batches of one shape have come in the same arrays, one after the other. */
    private record Streak(int timeSteps, int batchSize, int symbols, Layout layout, int calls) {
        private static final Streak NONE = new Streak(0, 0, 0, Layout.TIME_MAJOR, 0);

        Streak and(CtcBatch batch) {
            boolean same = timeSteps == batch.timeSteps()
                    && batchSize == batch.batchSize()
                    && symbols == batch.symbols()
                    && layout == batch.layout();
            return new Streak(
                    batch.timeSteps(),
                    batch.batchSize(),
                    batch.symbols(),
                    batch.layout(),
                    same ? Math.min(calls + 1, CALLS_BEFORE_PARTS + 1) : 1);
        }
    }

    /**
     * A loss in that memory.
     *
     * @param threads at least as many as there are streams
     */
    DirectLoss(TornadoDevice device, PlanMemory deviceMemory, LentMemory memory, Streams streams, HostThreads threads) {
        this.device = device;
        this.limits = deviceMemory.limits();
        this.memory = memory;
        this.streams = streams;
        this.threads = threads;
        this.plans = new PlanCache<>(deviceMemory);
    }

    /** See {@link io.github.tornadoctc.CtcBackend#allocate}. */
    MemorySegment allocate(long floats, Arena arena) {
        return memory.allocate(floats, arena);
    }

    /** Whether a batch and its result are in memory from here, and the device has room for it in one part. */
    boolean serves(CtcBatch batch, CtcOptions options, CtcResult result) {
        return arrays(batch, options, result).isPresent();
    }

    private Optional<LentArrays> arrays(CtcBatch batch, CtcOptions options, CtcResult result) {
        if (batch.batchSize() == 0 || !batch.hasScores() || (options.gradient() && !result.hasGradient())) {
            return Optional.empty();
        }
        ScoreTypes types = ScoreTypes.of(batch, options, result);
        return memory.array(batch.scores(), types.scores())
                .flatMap(scores -> options.gradient()
                        ? memory.array(result.gradient(), types.gradient())
                                .map(gradient -> new LentArrays(scores, gradient))
                        : Optional.of(new LentArrays(scores, null)))
                .filter(found -> limits.allows(needed(BatchPart.all(batch), options, types), found.more(batch, types)))
                .filter(found -> found.largest() <= limits.maxAllocation());
    }

    private Capacity needed(BatchPart part, CtcOptions options, ScoreTypes types) {
        return types.needed(sizes(part, options), ScoreTypes.Place.ITS_OWN);
    }

    private Sizes sizes(BatchPart part, CtcOptions options) {
        return Sizes.of(part, options.gradient(), limits.maxGroupSize());
    }

    /** Computes a batch into a result without a copy by the host; false, and nothing, if they are elsewhere or too large. */
    boolean compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        plans.keep(LentArrays::areAlive);
        streaks.keySet().removeIf(arrays -> !arrays.areAlive());
        Optional<LentArrays> found = arrays(batch, options, result);
        if (found.isEmpty()) {
            return false;
        }
        LentArrays arrays = found.get();
        boolean pinned = arrays.arePinned(memory);
        if (!pinned) {
            plans.keep(arrays::agreeWith);
        }
        ScoreTypes types = ScoreTypes.of(batch, options, result);
        Streak streak = streaks.merge(arrays, Streak.NONE.and(batch), (before, one) -> before.and(batch));
        boolean worthParts = pinned && streak.calls() > CALLS_BEFORE_PARTS;
        if (!worthParts || !computeInParts(arrays, types, batch, options, result)) {
            LossPlan plan = plans.get(
                    arrays,
                    needed(BatchPart.all(batch), options, types),
                    arrays.more(batch, types),
                    capacity -> make(capacity, arrays, types, options, pinned));
            plans.keep(MOST_PLANS);
            plan.execute(BatchPart.all(batch), options, result);
            plans.count(List.of(plan), arrays.bytes());
        }
        return true;
    }

    private LossPlan make(Capacity capacity, LentArrays arrays, ScoreTypes types, CtcOptions options, boolean pinned) {
        return LossPlan.onLentMemory(
                capacity, types.arrays(arrays.scores(), arrays.gradient()), options, device, pinned);
    }

    /** False, and nothing is computed, if it is not worth it or there is no room for as many plans. */
    private boolean computeInParts(
            LentArrays arrays, ScoreTypes types, CtcBatch batch, CtcOptions options, CtcResult result) {
        int count = Math.min(streams.parts(batch), MOST_PARTS);
        if (count == 1 || batch.layout() != Layout.BATCH_MAJOR || !areHeadersAligned(batch, types)) {
            return false;
        }
        List<BatchPart> parts = BatchPart.splitInPlace(batch, count);
        List<LossPlan> chosen = new ArrayList<>();
        for (BatchPart part : parts) {
            LentArrays ofPart = arrays.part(part, memory);
            // all parts would have to be made anew for a target that is longer by one label
            Capacity needed = types.needed(sizes(part, options).withLanesFilled(), ScoreTypes.Place.ITS_OWN);
            Optional<LossPlan> plan =
                    plans.find(ofPart, needed, capacity -> make(capacity, ofPart, types, options, true));
            if (plan.isEmpty()) {
                return false;
            }
            chosen.add(plan.get());
        }
        plans.keep(MOST_PLANS);
        threads.share(streams.count(), parts.size(), (stream, part) -> chosen.get(part)
                .execute(parts.get(part), options, result));
        return true;
    }

    private static boolean areHeadersAligned(CtcBatch batch, ScoreTypes types) {
        long utterance = (long) batch.timeSteps() * batch.symbols();
        return utterance * types.scores().bytes() % HEADER_ALIGNMENT == 0
                && utterance * types.gradient().bytes() % HEADER_ALIGNMENT == 0;
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
