package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.LossProfiler;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * The loss on one device, and what it costs there. Plans are compiled at their first batch and kept. A batch that does
 * not fit the device is computed in parts, and so is a large one, several of them at a time (see {@link Streams}). Calls
 * from several threads run one after the other.
 */
final class DeviceLoss implements DeviceOperation, LossProfiler {
    private final TornadoDevice device;
    private final PlanMemory memory;
    private final DeviceLimits limits;
    private final Streams streams;
    private final HostThreads streamThreads;
    private final HostThreads copyThreads;
    private final PlanCache<PlanKind, LossPlan> plans;
    private final DirectLoss direct;

    DeviceLoss(TornadoDevice device, PlanMemory memory, Streams streams) {
        this(device, memory, streams, HostPins.of(device).orElse(null));
    }

    /** The same with memory that is lent pinned by {@code pins}. */
    DeviceLoss(TornadoDevice device, PlanMemory memory, Streams streams, @Nullable HostPins pins) {
        this.device = device;
        this.memory = memory;
        this.limits = memory.limits();
        this.streams = streams;
        this.streamThreads = new HostThreads(streams.count());
        this.copyThreads = new HostThreads(streams.copying());
        this.plans = new PlanCache<>(memory);
        this.direct = new DirectLoss(device, memory, new LentMemory(pins), streams, streamThreads);
    }

    /** See {@link io.github.tornadoctc.CtcBackend#allocate}. */
    MemorySegment allocate(long floats, Arena arena) {
        return direct.allocate(floats, arena);
    }

    /** See {@link io.github.tornadoctc.CtcBackend#isInLentMemory}. */
    boolean isInLentMemory(CtcBatch batch, CtcOptions options, CtcResult result) {
        return direct.serves(batch, options, result);
    }

    /**
     * What plans are kept for: since TornadoVM copies whole buffers to the device, a small batch has another than a large
     * one.
     *
     * @param softmaxWithRows see {@link KernelConstants#softmaxWithRows}; the same without a gradient
     * @param size its scores take at most 4 to the power of this mebibytes, and more than a quarter of that
     */
    private record PlanKind(int stream, ScoreTypes types, boolean gradient, boolean softmaxWithRows, int size) {
        static PlanKind of(int stream, ScoreTypes types, boolean gradient, Capacity needed) {
            long mebibytes = (types.scores().bytes() * needed.elements(LossBuffer.SCORES) - 1) >> 20;
            int size = (Long.SIZE - Long.numberOfLeadingZeros(mebibytes) + 1) / 2;
            return new PlanKind(
                    stream, types, gradient, gradient && needed.constants().softmaxWithRows(), size);
        }
    }

    /** Computes a batch into a result that fits it. */
    void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        result.checkFits(batch, options);
        memory.call(() -> direct.compute(batch, options, result) || executeInParts(batch, options, result));
        result.reduce(batch, options);
    }

    private boolean executeInParts(CtcBatch batch, CtcOptions options, CtcResult result) {
        ScoreTypes types = ScoreTypes.of(batch, options, result);
        List<BatchPart> even = parts(batch, types, options.gradient(), streams.parts(batch));
        if (even.isEmpty()) {
            return true;
        }
        Capacity needed = needed(even, types, options.gradient());
        List<BatchPart> parts = streams.areAllBusy(even.size()) ? BatchPart.splitSmallAtEnds(batch, even.size()) : even;
        List<LossPlan> chosen = new ArrayList<>(List.of(plan(0, types, options.gradient(), needed)));
        boolean hasRoom = true;
        while (hasRoom && chosen.size() < Math.min(streams.count(), parts.size())) {
            hasRoom = beside(chosen.size(), types, options.gradient(), needed)
                    .map(chosen::add)
                    .orElse(false);
        }
        streamThreads.share(chosen.size(), parts.size(), (stream, part) -> chosen.get(stream)
                .execute(parts.get(part), options, result));
        plans.count(chosen, bytes(needed, types, options.gradient()) * parts.size());
        return true;
    }

    private LossPlan plan(int stream, ScoreTypes types, boolean gradient, Capacity needed) {
        return plans.get(PlanKind.of(stream, types, gradient, needed), needed, maker(types, gradient));
    }

    /** The plan of another stream, if there is room for it. */
    private Optional<LossPlan> beside(int stream, ScoreTypes types, boolean gradient, Capacity needed) {
        return plans.find(PlanKind.of(stream, types, gradient, needed), needed, maker(types, gradient));
    }

    private Function<Capacity, LossPlan> maker(ScoreTypes types, boolean gradient) {
        return capacity -> new LossPlan(capacity, types, gradient, device, copyThreads);
    }

    /** A profile is that of the fewest parts, one after the other. */
    @Override
    public CtcProfile profile(CtcBatch batch, CtcOptions options, CtcResult result) {
        result.checkFits(batch, options);
        CtcProfile profile = memory.call(() -> profileParts(batch, options, result));
        result.reduce(batch, options);
        return profile;
    }

    private CtcProfile profileParts(CtcBatch batch, CtcOptions options, CtcResult result) {
        boolean gradient = options.gradient();
        ScoreTypes types = ScoreTypes.of(batch, options, result);
        List<BatchPart> parts = parts(batch, types, gradient, 1);
        CtcProfile profile = CtcProfile.NONE;
        for (BatchPart part : parts) {
            profile = profile.plus(
                    plan(0, types, gradient, needed(parts, types, gradient)).profile(part, options, result));
        }
        return profile;
    }

    /** What travels at an execution of a plan. */
    private static long bytes(Capacity needed, ScoreTypes types, boolean gradient) {
        int each = types.scores().bytes() + (gradient ? types.gradient().bytes() : 0);
        return each * needed.elements(LossBuffer.SCORES);
    }

    private List<BatchPart> parts(CtcBatch batch, ScoreTypes types, boolean gradient, int least) {
        return BatchPart.fitting(batch, least, limits, part -> needed(part, types, gradient));
    }

    private Capacity needed(List<BatchPart> parts, ScoreTypes types, boolean gradient) {
        return BatchPart.needed(parts, part -> needed(part, types, gradient));
    }

    private Capacity needed(BatchPart part, ScoreTypes types, boolean gradient) {
        return types.needed(Sizes.of(part, gradient, limits.maxGroupSize()), ScoreTypes.Place.OF_THE_SCORES);
    }

    @Override
    public ResidentCall resident(CtcBatch batch, CtcOptions options) {
        if (batch.batchSize() == 0) {
            throw new IllegalArgumentException("the batch is empty");
        }
        CtcBatch wide = batch.inFloat32();
        Capacity capacity = needed(BatchPart.all(wide), ScoreTypes.FLOAT32, options.gradient());
        limits.check(capacity);
        return new ResidentLoss(wide, options, capacity, device);
    }

    @Override
    public int plansMade() {
        return memory.alone(() -> plans.made() + direct.plansMade());
    }

    @Override
    public long deviceMemory() {
        return memory.alone(() -> plans.deviceMemory() + direct.deviceMemory());
    }

    /** Bytes that threads of the host have copied or cleared so far, between the caller's memory and that of plans. */
    long bytesCopied() {
        return copyThreads.bytes();
    }

    @Override
    public double copyGigabytesPerSecond(long mostBytes) {
        return DeviceCopy.gigabytesPerSecond(mostBytes, device, limits);
    }

    @Override
    public void close() {
        memory.alone(() -> {
            plans.close();
            direct.close();
        });
        streamThreads.close();
        copyThreads.close();
    }
}
