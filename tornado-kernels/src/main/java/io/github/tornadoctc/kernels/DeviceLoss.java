package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.LossProfiler;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * The loss on one device, and what it costs there. Plans are compiled at their first batch and kept, one for losses
 * alone and one with gradients. A batch that does not fit the device is computed in parts. Calls from several threads
 * run one after the other.
 */
final class DeviceLoss implements DeviceOperation, LossProfiler {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLoss.class);

    private final TornadoDevice device;
    private final DeviceLimits limits;
    private final PlanCache<Boolean, LossPlan> plans;

    DeviceLoss(TornadoDevice device, DeviceLimits limits) {
        this.device = device;
        this.limits = limits;
        this.plans = new PlanCache<>(limits);
    }

    /** Computes a batch into a result that fits it. */
    synchronized void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        eachPart(batch, options, result, (plan, part) -> plan.execute(part, options, result));
    }

    @Override
    public synchronized CtcProfile profile(CtcBatch batch, CtcOptions options, CtcResult result) {
        List<CtcProfile> profiles = new ArrayList<>();
        eachPart(batch, options, result, (plan, part) -> profiles.add(plan.profile(part, options, result)));
        return profiles.stream().reduce(CtcProfile.NONE, CtcProfile::plus);
    }

    private interface Execution {
        void of(LossPlan plan, BatchPart part);
    }

    private void eachPart(CtcBatch batch, CtcOptions options, CtcResult result, Execution execution) {
        result.checkFits(batch, options);
        boolean gradient = options.gradient();
        for (BatchPart part : parts(batch, gradient)) {
            LossPlan plan =
                    plans.get(gradient, needed(part, gradient), capacity -> new LossPlan(capacity, gradient, device));
            execution.of(plan, part);
        }
        result.reduce(batch, options);
    }

    /** The fewest parts, of about as many utterances, that each fit the device. */
    private List<BatchPart> parts(CtcBatch batch, boolean gradient) {
        int most = batch.batchSize();
        int count = Math.min(most, 1);
        while (count < most && !limits.allows(needed(largestPart(batch, count), gradient))) {
            count = Math.min(2 * count, most);
        }
        if (count > 0) {
            limits.check(needed(largestPart(batch, count), gradient));
        }
        if (count > 1) {
            LOG.info(
                    "a batch of {} in {} parts, to fit {} bytes of {}",
                    most,
                    count,
                    limits.memory(),
                    limits.description());
        }
        return BatchPart.split(batch, count);
    }

    private static BatchPart largestPart(CtcBatch batch, int parts) {
        return new BatchPart(batch, 0, Math.ceilDiv(batch.batchSize(), parts));
    }

    private Capacity needed(BatchPart part, boolean gradient) {
        return Capacity.of(LossBuffer.ALL, Sizes.of(part, gradient, limits.maxGroupSize()));
    }

    @Override
    public ResidentCall resident(CtcBatch batch, CtcOptions options) {
        if (batch.batchSize() == 0) {
            throw new IllegalArgumentException("the batch is empty");
        }
        Capacity capacity = needed(BatchPart.all(batch), options.gradient());
        limits.check(capacity);
        return new ResidentLoss(batch, options, capacity, device);
    }

    @Override
    public synchronized int plansMade() {
        return plans.made();
    }

    @Override
    public synchronized long deviceMemory() {
        return plans.deviceMemory();
    }

    @Override
    public double copyGigabytesPerSecond(long mostBytes) {
        return DeviceCopy.gigabytesPerSecond(mostBytes, device, limits);
    }

    @Override
    public synchronized void close() {
        plans.close();
    }
}
