package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.LossProfiler;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * The loss on one device, and what it costs there. Plans are compiled at their first batch and kept. A batch that does
 * not fit the device is computed in parts, and so is a large one, several of them at a time (see {@link Streams}). Calls
 * from several threads run one after the other.
 */
final class DeviceLoss implements DeviceOperation, LossProfiler {
    private final TornadoDevice device;
    private final DeviceLimits limits;
    private final Streams streams;
    private final HostThreads streamThreads;
    private final HostThreads copyThreads;
    private final PlanCache<PlanKind, LossPlan> plans;
    private final DirectLoss direct;

    DeviceLoss(TornadoDevice device, DeviceLimits limits, Streams streams) {
        this.device = device;
        this.limits = limits;
        this.streams = streams;
        this.streamThreads = new HostThreads(streams.count());
        this.copyThreads = new HostThreads(streams.copying());
        this.plans = new PlanCache<>(limits);
        this.direct = new DirectLoss(device, limits);
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
     * @param softmaxWithRows see {@link Capacity#softmaxWithRows}; the same without a gradient
     * @param size its scores take at most 4 to the power of this mebibytes, and more than a quarter of that
     */
    private record PlanKind(int stream, ScoreTypes types, boolean gradient, boolean softmaxWithRows, int size) {
        static PlanKind of(int stream, ScoreTypes types, boolean gradient, Capacity needed) {
            long mebibytes = (types.scores().bytes() * needed.elements(LossBuffer.SCORES) - 1) >> 20;
            int size = (Long.SIZE - Long.numberOfLeadingZeros(mebibytes) + 1) / 2;
            return new PlanKind(stream, types, gradient, gradient && needed.softmaxWithRows(), size);
        }
    }

    /** Computes a batch into a result that fits it. */
    synchronized void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        result.checkFits(batch, options);
        if (!direct.compute(batch, options, result)) {
            executeInParts(batch, options, result);
        }
        result.reduce(batch, options);
    }

    private void executeInParts(CtcBatch batch, CtcOptions options, CtcResult result) {
        ScoreTypes types = ScoreTypes.of(batch, options, result);
        List<BatchPart> parts = parts(batch, types, options.gradient(), streams.parts(batch));
        if (parts.isEmpty()) {
            return;
        }
        Capacity needed = needed(parts, types, options.gradient());
        long room = Math.max(limits.memory() / needed.bytes(), 1);
        int atOnce = (int) Math.min(Math.min(streams.count(), parts.size()), room);
        List<LossPlan> chosen = IntStream.range(0, atOnce)
                .mapToObj(stream -> plan(stream, types, options.gradient(), needed))
                .toList();
        AtomicInteger next = new AtomicInteger();
        streamThreads.each(atOnce, stream -> {
            for (int part = next.getAndIncrement(); part < parts.size(); part = next.getAndIncrement()) {
                chosen.get(stream).execute(parts.get(part), options, result);
            }
        });
        plans.count(chosen, bytes(needed, types, options.gradient()) * parts.size());
    }

    private LossPlan plan(int stream, ScoreTypes types, boolean gradient, Capacity needed) {
        return plans.get(
                PlanKind.of(stream, types, gradient, needed),
                needed,
                capacity -> new LossPlan(capacity, types, gradient, device, copyThreads));
    }

    /** A profile is that of the fewest parts, one after the other. */
    @Override
    public synchronized CtcProfile profile(CtcBatch batch, CtcOptions options, CtcResult result) {
        result.checkFits(batch, options);
        boolean gradient = options.gradient();
        ScoreTypes types = ScoreTypes.of(batch, options, result);
        List<BatchPart> parts = parts(batch, types, gradient, 1);
        CtcProfile profile = CtcProfile.NONE;
        for (BatchPart part : parts) {
            profile = profile.plus(
                    plan(0, types, gradient, needed(parts, types, gradient)).profile(part, options, result));
        }
        result.reduce(batch, options);
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
    public synchronized int plansMade() {
        return plans.made() + direct.plansMade();
    }

    @Override
    public synchronized long deviceMemory() {
        return plans.deviceMemory() + direct.deviceMemory();
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
    public synchronized void close() {
        plans.close();
        direct.close();
        streamThreads.close();
        copyThreads.close();
    }
}
